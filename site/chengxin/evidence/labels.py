"""The words for kinds of files, for what the scanner said, and for what was removed."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.evidence.rules import Media, Removed, Scan

MEDIA: Mapping[str, str] = {
    Media.JPEG: _l("Picture"),
    Media.PNG: _l("Picture"),
    Media.PDF: _l("Document (PDF)"),
    Media.MP3: _l("Sound (MP3)"),
    Media.M4A: _l("Sound (M4A)"),
}
SCAN: Mapping[str, str] = {
    Scan.UNSCANNED: _l("Not scanned for viruses"),
    Scan.CLEAN: _l("No virus found"),
    Scan.INFECTED: _l("Virus found"),
    Scan.FAILED: _l("The scanner could not read it"),
}
REMOVED: Mapping[str, str] = {
    Removed.PLACE: _l("the place where it was taken"),
    Removed.MOMENT: _l("the day and time kept inside the file"),
    Removed.DEVICE: _l("the phone, camera or program it was made with"),
    Removed.AUTHOR: _l("the name of its author"),
    Removed.COMMENT: _l("notes hidden inside the file"),
    Removed.COLOURS: _l("the colour profile of the device"),
    Removed.MORE_PICTURES: _l("further pictures hidden behind the first"),
    Removed.APPENDED: _l("something attached to the end of the file"),
    Removed.TITLES: _l("title, artist and other labels"),
    Removed.COVER: _l("the picture inside the sound file"),
    Removed.PROGRAMS: _l("programs inside the document"),
    Removed.ATTACHMENTS: _l("files attached inside the document"),
    Removed.LINKS: _l("links and buttons"),
    Removed.FORM: _l("the workings of a form; what was filled in can still be read"),
}
EVENT: Mapping[str, str] = {
    "evidence.added": _l("File added"),
    "evidence.redacted": _l("Redacted copy made"),
    "evidence.infected": _l("Virus found in a file"),
    "evidence.scan_again": _l("To be scanned again"),
    "evidence.erased": _l("Files erased"),
}
