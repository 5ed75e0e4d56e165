"""Zip files and the XML in them, opened with suspicion: bounded in size, no entities, no network."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from lxml import etree

from corpora.errors import ReadError
from corpora.messages import message
from corpora.readers.formats import no_transcript

MAX_XML = 40_000_000
"""Largest part that is unpacked, in bytes; the text of an interview is 1 to 2 MB."""
MAX_TAGS = 1_200_000
"""Most tags and attributes in a part: each costs 100 to 200 bytes in memory, however short it is written."""
MAX_TOTAL = 2_000_000_000
MAX_RATIO = 150
"""A document unpacking to more than `_SUSPECT` bytes and this many times its size is a bomb (XML packs 10 to 30)."""
_SUSPECT = 60_000_000
_MAX_DIRECTORY = 2_000_000
_END = b"PK\x05\x06"
_ENCRYPTED_FLAG = 1


class Archive:
    """A document that is a zip file. Every failure is a `ReadError` that names the file and the part."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self._check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise self.damaged() from error
        self._names = set(self._zip.namelist())

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def document_format(self) -> str:
        """`docx` or `odt`; raises `ReadError` that says what else the archive is."""
        self._check_bomb()
        if "mimetype" in self:
            kind = self.read("mimetype").strip()
            if kind.startswith(b"application/vnd.oasis.opendocument.text"):
                return "odt"
        if "[Content_Types].xml" in self and any(name.startswith("word/") for name in self._names):
            return "docx"
        if "content.xml" in self and "META-INF/manifest.xml" in self and "mimetype" not in self:
            return "odt"
        raise self._other()

    def read(self, name: str) -> bytes:
        """The bytes of a part, never more than `MAX_XML`, whatever its header says."""
        try:
            info = self._zip.getinfo(name)
        except KeyError as error:
            raise self.damaged(name) from error
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise self.locked()
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_XML + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
                struct.error, ValueError) as error:
            raise self.damaged(name) from error
        if len(data) > MAX_XML or data.count(b"<") + data.count(b"=") > MAX_TAGS:
            raise self._bomb(name)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML part. A document type is refused: no office program writes one, only attackers do."""
        return self.parse(self.read(name), name)

    def parse(self, data: bytes, name: str) -> etree._Element:
        """`data`, the bytes of part `name`, as XML."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False,
                                 remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            if b"<!DOCTYPE" in data[:_SUSPECT]:
                raise self._entities(name) from error
            raise self.damaged(name, getattr(error, "lineno", None)) from error
        if root.getroottree().docinfo.doctype:
            raise self._entities(name)
        return root

    def locked(self) -> ReadError:
        """The error for a document with a password."""
        return ReadError("{file} is locked with a password. Open it in the program it was made with, "
                         "save it without a password and import that.", file=self.file)

    def damaged(self, part: str | None = None, line: int | None = None) -> ReadError:
        """The error for a document that is cut off or broken, with the place when it is known."""
        remedy = message("Copy it again from where it came, or open it in Word or LibreOffice and save it anew.")
        if part is None:
            return ReadError("{file} is damaged or cut off: it cannot be unpacked. {remedy}",
                             file=self.file, remedy=remedy)
        if line is None:
            return ReadError("{file} is damaged: its part {part} is missing or cannot be unpacked. {remedy}",
                             file=self.file, part=part, remedy=remedy)
        return ReadError("{file} is damaged: its part {part} is not valid XML at line {line}. {remedy}",
                         file=self.file, part=part, line=line, remedy=remedy)

    def _check_directory(self, path: Path) -> None:
        """The table of contents, read by `zipfile` as a whole, must be of a bearable size."""
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - 65_557))
            tail = stream.read()
        at = tail.rfind(_END)
        if at >= 0 and len(tail) >= at + 16:
            (length,) = struct.unpack_from("<L", tail, at + 12)
            if length > _MAX_DIRECTORY:
                raise self._bomb(message("table of contents"))

    def _check_bomb(self) -> None:
        unpacked = sum(info.file_size for info in self._zip.infolist())
        packed = sum(info.compress_size for info in self._zip.infolist())
        if unpacked > MAX_TOTAL or (unpacked > _SUSPECT and unpacked > MAX_RATIO * max(1, packed)):
            largest = max(self._zip.infolist(), key=lambda info: info.file_size)
            raise self._bomb(largest.filename)

    def _bomb(self, part: object) -> ReadError:
        return ReadError("{file} unpacks to far more than a transcript can be (in {part}) and was not read. "
                         "If it is yours, open it in Word, copy the text into a new document and import that.",
                         file=self.file, part=part)

    def _entities(self, part: str) -> ReadError:
        return ReadError("{file} holds a document type declaration (in {part}), which can hide harm, and was not "
                         "read. Open it in Word or LibreOffice and save it anew.", file=self.file, part=part)

    def _other(self) -> ReadError:
        kinds = (("xl/", message("a spreadsheet")), ("ppt/", message("a presentation")),
                 ("content.xml", message("another OpenDocument file")), ("OEBPS/", message("an e-book")))
        for start, what in kinds:
            if any(name.startswith(start) for name in self._names):
                return no_transcript(self.file, what)
        return no_transcript(self.file, message("a compressed archive"))
