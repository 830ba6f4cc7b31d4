"""The forms of evidence: shape only."""

from collections.abc import Sequence

from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage

from chengxin.core.forms import ChengxinForm, LineField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.evidence.rules import MIME

ACCEPTED = ",".join((*MIME.values(), ".jpg", ".jpeg", ".png", ".pdf", ".mp3", ".m4a"))


class EvidenceForm(ChengxinForm):
    """Files, and the receipt of the case they belong to; without it they are only looked at."""

    receipt = LineField(_l("Code and phrase of your receipt"), id="evidence-receipt")
    files = MultipleFileField(_l("Files"), id="evidence-files")

    @property
    def chosen(self) -> Sequence[FileStorage]:
        """Return the files that were chosen; a field left empty sends one without a name."""
        held = self.files.data or []
        return [
            file for file in held if isinstance(file, FileStorage) and (file.filename or file.stream.read(1))
        ]
