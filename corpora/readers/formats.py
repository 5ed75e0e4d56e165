"""What a file really is, told by its first bytes and not by its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpora.errors import ReadError
from corpora.messages import Message, message

ENDINGS = {".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".pdf": "pdf", ".txt": "text", ".md": "text"}
"""File ending → format that is read."""

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(rb"<(\?xml|!doctype|html|body)\b", re.IGNORECASE)

FORMATS: dict[str, Message] = {
    "docx": message("a Word document (.docx)"),
    "odt": message("an OpenDocument text (.odt)"),
    "rtf": message("a rich text document (.rtf)"),
    "pdf": message("a PDF document (.pdf)"),
    "text": message("plain text"),
}

_MAGIC: tuple[tuple[bytes, int, Message], ...] = (
    (b"\x89PNG", 0, message("a picture")),
    (b"\xff\xd8\xff", 0, message("a picture")),
    (b"GIF8", 0, message("a picture")),
    (b"II*\x00", 0, message("a picture")),
    (b"MM\x00*", 0, message("a picture")),
    (b"ID3", 0, message("a sound or film recording")),
    (b"OggS", 0, message("a sound or film recording")),
    (b"fLaC", 0, message("a sound or film recording")),
    (b"RIFF", 0, message("a sound or film recording")),
    (b"ftyp", 4, message("a sound or film recording")),
    (b"\x1aE\xdf\xa3", 0, message("a sound or film recording")),
    (b"0&\xb2u", 0, message("a sound or film recording")),
    (b"\x1f\x8b", 0, message("a compressed archive")),
    (b"7z\xbc\xaf", 0, message("a compressed archive")),
    (b"Rar!", 0, message("a compressed archive")),
    (b"MZ", 0, message("a program")),
    (b"\x7fELF", 0, message("a program")),
    (b"SQLite format 3", 0, message("a database")),
)


def recognise(path: Path) -> str:
    """The format of a file: a key of `FORMATS`.

    Raises `ReadError` for what is no transcript: nothing at all, a recording, a picture, a locked Word document.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise ReadError("{file} is empty: there is nothing in it. Choose the file that holds the transcript.",
                        file=path.name)
    return _container(path, head) or _flat(path, head)


def _container(path: Path, head: bytes) -> str | None:
    if head.startswith(_OLE):
        raise _ole_error(path)
    if not head.startswith(b"PK"):
        return None
    from corpora.readers.archive import Archive
    with Archive(path) as archive:
        return archive.document_format()


def _flat(path: Path, head: bytes) -> str:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:5].lower() == b"{\\rtf":
        return "rtf"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if path.suffix.lower() not in (".txt", ".md"):
        _refuse_markup(path, start)
    for magic, at, name in _MAGIC:
        if head.startswith(magic, at) and b"\x00" in head:
            raise no_transcript(path.name, name)
    return "text"


def _refuse_markup(path: Path, start: bytes) -> None:
    found = _MARKUP.match(start)
    if found:
        is_xml = found[1].lower() == b"?xml"
        raise no_transcript(path.name, message("an XML file") if is_xml else message("a web page"))


def no_transcript(file: str, what: Message) -> ReadError:
    """The error for a file that is something else altogether."""
    return ReadError("{file} is no transcript but {what}. Narratief reads .docx, .odt, .rtf, .txt, .md and .pdf.",
                     file=file, what=what)


def _ole_error(path: Path) -> ReadError:
    """Word's older container: a locked .docx, an old .doc, or another Office file."""
    with path.open("rb") as stream:
        content = stream.read(50_000_000)
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ReadError("{file} is locked with a password. Open it in Word, take the password off "
                         "(File, Info, Protect Document) and save it again.", file=path.name)
    if "WordDocument".encode("utf-16-le") in content:
        return ReadError("{file} is a document of an old Word (.doc). Open it in Word or LibreOffice "
                         "and save it as .docx.", file=path.name)
    return no_transcript(path.name, message("an old Office file"))
