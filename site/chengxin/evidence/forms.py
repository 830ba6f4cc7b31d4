"""The forms of evidence: shape only."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, ValidationError

from chengxin.core.forms import ChengxinForm, KeptField, LineField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.evidence.rules import MIME, MOST_BOXES, Box, boxes_text

CORNERS = 4
BOXES = [f"box_{number}" for number in range(1, MOST_BOXES + 1)]
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
    """The rectangles of a picture to black out for good, and which of them the officer has seen drawn."""

    seen = KeptField()

    @property
    def fields(self) -> Sequence[BoxField]:
        """Return a field for each rectangle there can be."""
        return [self[name] for name in BOXES]

    @property
    def boxes(self) -> list[Box]:
        """Return the rectangles that were written."""
        return [field.box for field in self.fields if field.box is not None]

    @property
    def are_seen(self) -> bool:
        """Return whether these very rectangles were shown on the picture before."""
        return self.seen.data == boxes_text(self.boxes)

    def show(self) -> None:
        """Note that the rectangles are shown now."""
        self.seen.data = boxes_text(self.boxes)


for _number, _name in enumerate(BOXES, start=1):
    setattr(RedactionForm, _name, BoxField(_l("Rectangle %(n)s", n=_number)))
