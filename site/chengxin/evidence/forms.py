"""The forms of evidence: shape only."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, ValidationError

from chengxin.core.forms import ChengxinForm, LineField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.evidence.rules import MIME, Box

CORNERS = 4
ACCEPTED = ",".join((*MIME.values(), ".jpg", ".jpeg", ".png", ".pdf", ".mp3", ".m4a"))


class EvidenceForm(ChengxinForm):
    """Files, and the receipt of the case they belong to; without it they are only looked at."""

    receipt = LineField(_l("Code and phrase of your receipt"), id="evidence-receipt")
    files = MultipleFileField(_l("Files"), id="evidence-files")
    complete = BooleanField(
        _l("If we asked you for something: with this I have sent everything"),
        default=True,
        description=_l("Then we go on with your case. Take the tick away if more is to come."),
        id="evidence-complete",
    )

    @property
    def chosen(self) -> Sequence[FileStorage]:
        """Return the files that were chosen; a field left empty sends one without a name."""
        held = self.files.data or []
        return [
            file for file in held if isinstance(file, FileStorage) and (file.filename or file.stream.read(1))
        ]


class BoxField(LineField):
    """A rectangle as four numbers in percent: from the left, from the top, width, height."""

    box: Box | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Read the rectangle, or say how to write one."""
        if not self.data:
            return
        numbers = re.findall(r"[0-9]{1,3}", unicodedata.normalize("NFKC", self.data))
        self.box = Box(*(int(each) for each in numbers)) if len(numbers) == CORNERS else None
        if self.box is None or not self.box.fits:
            self.box = None
            raise ValidationError(_l("Write four numbers that stay within 100, like 10 20 30 5"))


class RedactionForm(ChengxinForm):
    """Up to five rectangles of a picture to black out for good."""

    box_1 = BoxField(_l("First rectangle"))
    box_2 = BoxField(_l("Second rectangle"))
    box_3 = BoxField(_l("Third rectangle"))
    box_4 = BoxField(_l("Fourth rectangle"))
    box_5 = BoxField(_l("Fifth rectangle"))

    @property
    def fields(self) -> Sequence[BoxField]:
        """Return the five fields."""
        return [self.box_1, self.box_2, self.box_3, self.box_4, self.box_5]

    @property
    def boxes(self) -> list[Box]:
        """Return the rectangles that were written."""
        return [field.box for field in self.fields if field.box is not None]
