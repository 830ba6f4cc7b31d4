"""Files as phones, scanners and recorders make them, with all they tell in passing."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, PngImagePlugin
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

SECRET = "衔烛夜航"
LATIN = b"secret-camera-7781"
# An ES_Descriptor that says: AAC, one channel, 8,000 samples a second.
AAC = bytes.fromhex("0319 000100 0411 4015 000000 00003e80 00003e80 0502 1588 060102")
FRAME = b"\xff\xfb\x90\x00" + bytes(413)


def jpeg(*, size: tuple[int, int] = (64, 48), told: bool = True, turned: int = 1) -> bytes:
    """Return a photograph, with place, phone, moment, author and notes when told."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    written = BytesIO()
    if not told:
        picture.save(written, "JPEG")
        return written.getvalue()
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = LATIN.decode()
    exif[ExifTags.Base.Artist] = "zhang"
    exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.DateTime] = "2026:11:01 09:00:00"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (31.0, 14.0, 7.0)
    picture.save(written, "JPEG", exif=exif, comment=LATIN, icc_profile=b"profile" * 9)
    return written.getvalue()


def png(*, size: tuple[int, int] = (40, 30), told: bool = True, mode: str = "RGB") -> bytes:
    """Return a screenshot, with text in it when told."""
    notes = PngImagePlugin.PngInfo()
    if told:
        notes.add_text("Comment", LATIN.decode())
        notes.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET}</x>")
    written = BytesIO()
    Image.new(mode, size, 65_535 if mode == "I;16" else "white").save(written, "PNG", pnginfo=notes)
    return written.getvalue()


def png_head(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and has no pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def pdf(*, pages: int = 2, told: bool = True, password: str = "") -> bytes:
    """Return a document, with author, program, attachment, link and a photograph that tells its place."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if told:
        writer.add_metadata({"/Author": SECRET, "/Producer": LATIN.decode(), "/CreationDate": "D:20261101"})
        writer.root_object[NameObject("/OpenAction")] = _program()
        writer.add_attachment("secret.txt", LATIN)
        _link(writer)
        _photograph(writer)
    else:
        writer.metadata = None
    if password:
        writer.encrypt(password)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _program() -> DictionaryObject:
    run = TextStringObject(f"app.alert('{LATIN.decode()}')")
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): run})


def _link(writer: PdfWriter) -> None:
    act = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(LATIN.decode())}
    )
    corners = ArrayObject([FloatObject(each) for each in (0, 0, 9, 9)])
    shape = {NameObject("/Type"): NameObject("/Annot"), NameObject("/Rect"): corners}
    link = DictionaryObject(shape | {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): act})
    box = {NameObject("/Subtype"): NameObject("/Square"), NameObject("/T"): TextStringObject(SECRET)}
    page: Any = writer.pages[0]
    page[NameObject("/Annots")] = ArrayObject([link, DictionaryObject(shape | box | {NameObject("/A"): act})])


def _photograph(writer: PdfWriter) -> None:
    stream: Any = DecodedStreamObject()
    stream.set_data(jpeg())
    stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Image")
    stream[NameObject("/Filter")] = NameObject("/DCTDecode")
    stream[NameObject("/Width")], stream[NameObject("/Height")] = NumberObject(64), NumberObject(48)
    stream[NameObject("/BitsPerComponent")] = NumberObject(8)
    stream[NameObject("/ColorSpace")] = NameObject("/DeviceRGB")
    held = writer._add_object(stream)  # noqa: SLF001 (there is no other way)
    pictures = DictionaryObject({NameObject("/A"): held})
    page: Any = writer.pages[0]
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): pictures})


def bomb_pdf() -> bytes:
    """Return a small document whose page unpacks into hundreds of megabytes."""
    writer = PdfWriter()
    page: Any = writer.add_blank_page(200, 200)
    stream: Any = DecodedStreamObject()
    packing = zlib.compressobj(9)
    stream.set_data(b"".join(packing.compress(bytes(1 << 20)) for _ in range(300)) + packing.flush())
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001 (there is no other way)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def mp3(*, frames: int = 40, told: bool = True) -> bytes:
    """Return a recording, with a title, a picture and an old label when told."""
    sound = FRAME * frames
    if not told:
        return sound
    from mutagen.id3 import APIC, COMM, ID3, TIT2  # noqa: PLC0415 (only here)

    label: Any = ID3()  # type: ignore[no-untyped-call]
    label.add(TIT2(encoding=3, text=SECRET))  # type: ignore[no-untyped-call]
    label.add(COMM(encoding=3, text=LATIN.decode()))  # type: ignore[no-untyped-call]
    label.add(APIC(encoding=3, mime="image/png", data=png()))  # type: ignore[no-untyped-call]
    written = BytesIO(sound)
    label.save(written)
    return written.getvalue() + b"TAG" + LATIN.ljust(125, b"\0")


def box(kind: bytes, *inside: bytes) -> bytes:
    """Return one box of an MP4 file."""
    content = b"".join(inside)
    return struct.pack(">I", 8 + len(content)) + kind + content


def m4a(*, told: bool = True, handler: bytes = b"soun", samples: int = 20) -> bytes:
    """Return a recording of a phone, with its moment, place and title when told."""
    sound = bytes([1, 2, 3, 4]) * samples
    hidden = LATIN if told else b""
    head = box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")
    start = len(head) + 8 + len(hidden)
    moment = struct.pack(">II", 3_000_000_000 * told, 3_000_000_000 * told)
    moov = box(
        b"moov", _movie(moment), _track(moment, handler, samples, start), *([_labels()] if told else [])
    )
    return head + box(b"mdat", hidden, sound, hidden) + moov


def _movie(moment: bytes) -> bytes:
    return box(b"mvhd", bytes(4), moment, struct.pack(">II", 1000, 1000), bytes(80))


def _track(moment: bytes, handler: bytes, samples: int, start: int) -> bytes:
    shape = struct.pack(">HHHHI", 1, 16, 0, 0, 8000 << 16)
    entry = box(b"mp4a", bytes(6), b"\0\1", bytes(8), shape, box(b"esds", bytes(4), AAC))
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), entry),
        box(b"stts", bytes(4), struct.pack(">III", 1, samples, 1024)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, samples, 1)),
        box(b"stsz", bytes(4), struct.pack(">II", 4, samples)),
        box(b"stco", bytes(4), struct.pack(">II", 1, start)),
    )
    media = box(
        b"mdia",
        box(b"mdhd", bytes(4), moment, struct.pack(">IIHH", 8000, 1024 * samples, 0, 0)),
        box(b"hdlr", bytes(8), handler, bytes(12), LATIN + b"\0"),
        box(b"minf", box(b"smhd", bytes(8)), table),
    )
    return box(b"trak", box(b"tkhd", bytes(4), moment, bytes(72)), media)


def _labels() -> bytes:
    title = box(b"\xa9nam", box(b"data", struct.pack(">II", 1, 0), SECRET.encode()))
    meta = box(b"meta", bytes(4), box(b"hdlr", bytes(8), b"mdirappl", bytes(9)), box(b"ilst", title))
    place = box(b"\xa9xyz", struct.pack(">HH", 8, 0), b"+31.2+12")
    return box(b"udta", place, meta)
