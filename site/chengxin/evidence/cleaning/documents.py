"""Write a PDF anew: its pages with what can be seen on them, and nothing that acts, hides or tells."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from chengxin.core.errors import N_
from chengxin.evidence.cleaning.piece import Cleaned
from chengxin.evidence.cleaning.streams import MOST_INFLATED, inflated_size, without_notes
from chengxin.evidence.rules import MOST_KEPT_BYTES, MOST_PAGES, Media, RefusedError, Removed

PAGE_KEYS = frozenset(
    {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Annots", "/Group"}
)
SEEN_MARKS = frozenset(
    {"/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Ink", "/Line", "/Square"}
    | {"/Circle", "/Polygon", "/PolyLine", "/Widget"}
)
MARK_KEYS = (
    "/Type",
    "/Subtype",
    "/Rect",
    "/AP",
    "/AS",
    "/F",
    "/C",
    "/CA",
    "/QuadPoints",
    "/InkList",
    "/Border",
)
TELLING = frozenset(
    {"/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/EF", "/JS", "/AA", "/OpenAction", "/OPI"}
    | {"/Alternates", "/SeparationInfo", "/StructParent", "/StructParents", "/Measure", "/PtData"}
)
# What pypdf raises on files that are not what they say, beside its own errors.
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, RecursionError)
_DATES = {"/CreationDate", "/ModDate"}
_MAKERS = {"/Producer", "/Creator"}


def cleaned(sent: bytes) -> Cleaned:
    """Return a PDF of the same pages, and what it no longer tells."""
    try:
        reader = PdfReader(BytesIO(sent), strict=False)
        _check(reader)
        removed = _removed(reader)
        return Cleaned(_written(reader), Media.PDF, removed)
    except BROKEN as error:
        raise damaged() from error


def damaged() -> RefusedError:
    """Return what to tell somebody whose document cannot be read."""
    return RefusedError(
        N_("This PDF cannot be read. Print it into a new PDF, or send pictures of its pages.")
    )


def _check(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise RefusedError(
            N_("This PDF is locked. Print it into a new PDF without a password and send that.")
        )
    if not 1 <= len(reader.pages) <= MOST_PAGES:
        raise RefusedError(N_("This PDF has more than 100 pages, or none. Send the pages that matter."))


def _written(reader: PdfReader) -> bytes:
    """Return the pages in a file of their own; what only the old file's other parts held is not copied."""
    writer, room = PdfWriter(), MOST_INFLATED
    for page in reader.pages:
        writer.add_page(_bare(page))
    for held in writer._objects:  # noqa: SLF001 (pypdf has no other way to all objects)
        _hush(held)
        if isinstance(held, StreamObject):
            room -= inflated_size(held, room)
            without_notes(held)
    writer.metadata = None
    written = BytesIO()
    writer.write(written)
    return _read_again(written.getvalue())


def _bare(page: Any) -> Any:
    """Return a page with nothing but what can be seen."""
    for key in [key for key in page if key not in PAGE_KEYS and key != "/Parent"]:
        del page[key]
    marks = [_mark(each.get_object()) for each in _marks_of(page)]
    page.pop("/Annots", None)
    seen = [mark for mark in marks if mark is not None]
    if seen:
        page[NameObject("/Annots")] = ArrayObject(seen)
    return page


def _marks_of(page: Any) -> list[Any]:
    held = page.get("/Annots")
    return list(held.get_object()) if held is not None else []


def _mark(mark: Any) -> DictionaryObject | None:
    """Return a mark on a page as it looks, without what it does."""
    if not isinstance(mark, DictionaryObject) or mark.get("/Subtype") not in SEEN_MARKS:
        return None
    return DictionaryObject({NameObject(key): mark.raw_get(key) for key in MARK_KEYS if key in mark})


def _hush(held: Any) -> None:
    """Take from an object, and from what stands inside it, all that tells more than can be seen."""
    if isinstance(held, DictionaryObject):
        for key in [key for key in held if key in TELLING]:
            del held[key]
        for value in list(held.values()):
            _hush(value)
    elif isinstance(held, ArrayObject):
        for value in held:
            _hush(value)


def _read_again(content: bytes) -> bytes:
    """Return what was written if it can be read, so that nothing is kept that the desk could not open."""
    if not len(PdfReader(BytesIO(content)).pages) or len(content) > MOST_KEPT_BYTES:
        raise damaged()
    return content


def _removed(reader: PdfReader) -> list[Removed]:
    root: Any = reader.root_object
    information: Mapping[str, Any] = reader.metadata or {}
    names: Any = root.get("/Names", {}).get_object() if "/Names" in root else {}
    marks = [each.get_object() for page in reader.pages for each in _marks_of(page)]
    kinds = {mark.get("/Subtype") for mark in marks if isinstance(mark, DictionaryObject)}
    tells = {
        Removed.AUTHOR: bool(information.get("/Author")),
        Removed.MOMENT: bool(_DATES & information.keys()),
        Removed.DEVICE: bool(_MAKERS & information.keys()),
        Removed.COMMENT: "/Metadata" in root or "/Text" in kinds,
        Removed.PROGRAMS: _acts(root.get("/OpenAction")) or "/AA" in root or "/JavaScript" in names,
        Removed.ATTACHMENTS: "/EmbeddedFiles" in names or "/FileAttachment" in kinds,
        Removed.LINKS: "/Link" in kinds,
        Removed.FORM: "/AcroForm" in root,
    }
    return [what for what, told in tells.items() if told]


def _acts(opening: Any) -> bool:
    """Tell whether a document does something when it is opened, rather than show a certain page."""
    act = opening.get_object() if opening is not None else None
    return isinstance(act, DictionaryObject) and act.get("/S") not in {None, "/GoTo"}
