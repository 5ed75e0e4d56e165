"""Reads transcript files into text: `read(path)` → `SourceText`.

The format is told by content, not by name. Every failure is one `ReadError` of one line. The libraries behind the
formats are imported when a file needs them.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from corpora.errors import ReadError
from corpora.messages import message
from corpora.readers.base import Block, SourceText
from corpora.readers.formats import ENDINGS, FORMATS, recognise

__all__ = ["SUPPORTED", "Block", "SourceText", "read"]

SUPPORTED: frozenset[str] = frozenset(ENDINGS)
"""The file endings that are read, in lower case and with their dot."""


def read(path: Path) -> SourceText:
    """The text of a transcript file, as its program shows it.

    A file whose ending does not fit its content is read by content, with a warning. Raises `ReadError` for what
    cannot be read: empty, damaged, locked, too large, a scan, no transcript at all.
    """
    path = Path(path)
    try:
        _check_file(path)
        return _read(path)
    except FileNotFoundError as error:
        raise ReadError("{file} is not there any more. Choose the file again.", file=path.name) from error
    except PermissionError as error:
        raise ReadError("You may not read {file}. Copy it to a folder of your own, or ask its owner for access.",
                        file=path.name) from error
    except OSError as error:
        raise ReadError("{file} cannot be opened: {reason}. Copy it to a folder on this computer and try again.",
                        file=path.name, reason=error.strerror or type(error).__name__) from error
    except (RecursionError, MemoryError) as error:
        raise ReadError("{file} is built too intricately to be read. "
                        "Open it in Word or LibreOffice, save it as plain text (.txt) and import that.",
                        file=path.name) from error


def _check_file(path: Path) -> None:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise ReadError("{file} is a folder. Choose the files in it.", file=path.name)
    if not stat.S_ISREG(mode):
        raise ReadError("{file} is not an ordinary file. Choose a transcript file.", file=path.name)


def _read(path: Path) -> SourceText:
    found = recognise(path)
    ending = path.suffix.lower()
    if found == "text" and ending and ending not in SUPPORTED:
        raise ReadError("{file} has an ending that Narratief does not read ({ending}). "
                        "Save the transcript as .docx, .odt, .rtf, .txt, .md or .pdf.",
                        file=path.name, ending=ending)
    source = _READERS[found](path)
    if found == "text" and ENDINGS.get(ending, "text") != "text":
        raise ReadError("{file} is no {ending} document: there is only plain text in it, perhaps of a page that said "
                        "why a download failed. If it is the transcript, give it the ending .txt.", file=path.name,
                        ending=ending)
    if ENDINGS.get(ending) == found:
        return source
    warning = message("The ending {ending} does not fit: the file is {what} and was read as such.",
                      ending=ending or "–", what=FORMATS[found])
    return replace(source, warnings=(warning, *source.warnings))


def _word(path: Path) -> SourceText:
    from corpora.readers.word import read_word
    return read_word(path)


def _odt(path: Path) -> SourceText:
    from corpora.readers.odt import read_odt
    return read_odt(path)


def _rtf(path: Path) -> SourceText:
    from corpora.readers.rtf import read_rtf
    return read_rtf(path)


def _pdf(path: Path) -> SourceText:
    from corpora.readers.pdf import read_pdf
    return read_pdf(path)


def _plain(path: Path) -> SourceText:
    from corpora.readers.plain import read_plain
    return read_plain(path)


_READERS: dict[str, Callable[[Path], SourceText]] = {
    "docx": _word, "odt": _odt, "rtf": _rtf, "pdf": _pdf, "text": _plain,
}
