"""Files that are broken, locked, too large, made to harm, or something else: one clear line each."""

from __future__ import annotations

import ast
import json
import os
import string
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest

import corpora.readers
from corpora.errors import ReadError
from corpora.readers import SUPPORTED, read

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)) + "]>"


def archive(path: Path, document: str | bytes, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", document)
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def body(words: str) -> str:
    return f"<w:document {_NS}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"


def refusal(path: Path) -> str:
    """The message of the error, which is one line and names the file by its name alone."""
    with pytest.raises(ReadError) as caught:
        read(path)
    said = str(caught.value)
    assert path.name in said and str(path.parent) not in said and "\n" not in said and len(said) < 300
    return said


def test_supported_endings() -> None:
    assert frozenset({".docx", ".odt", ".rtf", ".txt", ".md", ".pdf"}) == SUPPORTED


def test_nothing_heavy_is_imported_until_a_file_needs_it() -> None:
    heavy = "{'lxml', 'pypdfium2', 'docx', 'odf', 'striprtf'}"
    code = f"import sys, corpora.readers; print({heavy} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"


@pytest.mark.parametrize("ending", sorted(SUPPORTED))
def test_empty_and_random_files(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"leeg{ending}"
    path.write_bytes(b"")
    assert "empty" in refusal(path)
    path.write_bytes(bytes(range(256)) * 20)
    assert "no text" in refusal(path)


def test_missing_folder_and_pipe(tmp_path: Path) -> None:
    assert "not there any more" in refusal(tmp_path / "weg.docx")
    (tmp_path / "map.docx").mkdir()
    assert "folder" in refusal(tmp_path / "map.docx")
    os.mkfifo(tmp_path / "pijp.txt")
    assert "ordinary file" in refusal(tmp_path / "pijp.txt")


def test_every_cut_of_a_word_document_is_one_clear_error(tmp_path: Path) -> None:
    whole = tmp_path / "heel.docx"
    document = docx.Document()
    document.add_paragraph("R: Een heel verhaal.")
    document.save(str(whole))
    data = whole.read_bytes()
    path = tmp_path / "half.docx"
    for share in (0.01, 0.3, 0.6, 0.9, 0.999):
        path.write_bytes(data[: int(len(data) * share)])
        assert "damaged" in refusal(path)


def test_a_word_document_without_its_parts_or_with_broken_xml(tmp_path: Path) -> None:
    path = tmp_path / "stuk.docx"
    assert "word/document.xml" in refusal(archive(path, "<w:document><half"))
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/styles.xml", "<a/>")
    assert "word/document.xml is missing" in refusal(path)
    assert "holds no text" in refusal(archive(path, body(" ")))


def test_flipped_bits_never_end_in_anything_but_a_read_error(tmp_path: Path) -> None:
    path = archive(tmp_path / "bits.docx", body("verhaal " * 300))
    data = path.read_bytes()
    for at in range(0, len(data), 3):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1:])
        try:
            read(path)
        except ReadError as error:
            assert "\n" not in str(error)


def test_locked_documents(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    path = tmp_path / "slot.docx"
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "password" in refusal(path)
    path.write_bytes(ole + "WordDocument".encode("utf-16-le"))
    assert ".doc)" in refusal(path)
    odt = tmp_path / "slot.odt"
    with zipfile.ZipFile(odt, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", os.urandom(200))
        packed.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    assert "password" in refusal(odt)


def test_wrong_ending_is_read_by_content_with_a_warning(tmp_path: Path) -> None:
    path = archive(tmp_path / "gesprek.txt", body("Dag"))
    assert read(path).text == "Dag" and "Word document" in str(read(path).warnings[0])
    rich = tmp_path / "gesprek.doc"
    rich.write_bytes(rb"{\rtf1 Dag\par}")
    assert read(rich).text == "Dag" and ".doc" in str(read(rich).warnings[0])
    plain = tmp_path / "gesprek.docx"
    plain.write_text("I: Hoe was het?\n", encoding="utf-8")
    assert "only plain text" in refusal(plain)


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.docx", b"\x89PNG\r\n\x1a\n\x00\x00", "picture"), ("a.txt", b"ID3\x04\x00\x00", "recording"),
    ("a.docx", b"<!DOCTYPE html><html>", "web page"), ("a.rtf", b"<?xml version='1.0'?><a/>", "XML"),
    ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nDag", ".srt"), ("a.pdf", b"MZ\x90\x00", "program")])
def test_what_is_no_transcript_is_named(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert said in refusal(tmp_path / name)


def test_other_archives_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    for part, said in (("xl/workbook.xml", "spreadsheet"), ("foto.jpg", "archive")):
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr(part, "x")
        assert said in refusal(path)


def test_entities_are_refused_and_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("SLEUTEL", encoding="utf-8")
    outside = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    start = time.perf_counter()
    for prolog, entity in ((outside, "&x;"), (_LAUGHS, "&a11;"), ("<!DOCTYPE d>", "")):
        said = refusal(archive(tmp_path / "x.docx", prolog + body("Dag" + entity)))
        assert "document type" in said and "SLEUTEL" not in said
    assert time.perf_counter() - start < 2


def _bomb(path: Path, kind: str) -> Path:
    if kind == "text":
        return archive(path, body("a" * 100_000_000))
    if kind == "tags":
        return archive(path, f"<w:document {_NS}><w:body>" + "<w:p/>" * 5_000_000 + "</w:body></w:document>")
    return archive(path, body("Dag"), **{"word/media/a.bin": bytes(100_000_000)})


_MEASURE = """
import resource, sys, time
from pathlib import Path
import lxml.etree
from corpora.errors import ReadError
from corpora.readers import read
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
try:
    read(Path(sys.argv[1]))
except ReadError as error:
    said = str(error)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(time.perf_counter() - start, peak / 1024, said, sep="|")
"""


@pytest.mark.parametrize("kind", ["text", "tags", "beside"])
def test_bombs_are_refused_in_little_time_and_memory(tmp_path: Path, kind: str) -> None:
    path = _bomb(tmp_path / "bom.docx", kind)
    run = subprocess.run([sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True)
    seconds, megabytes, said = run.stdout.split("|")
    assert "unpacks to far more" in said
    assert float(seconds) < 2 and float(megabytes) < 200


def test_a_lying_header_does_not_help_a_bomb(tmp_path: Path) -> None:
    path = archive(tmp_path / "liegt.docx", body("a" * 60_000_000))
    data = path.read_bytes()
    size = len(body("a" * 60_000_000)).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    assert "damaged" in refusal(path) or "unpacks" in refusal(path)


@pytest.mark.parametrize("depth", [50_000, 3_000_000])
def test_deep_rtf(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "diep.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * depth + b"diep" + b"}" * depth + b"\\par}")
    if depth < 100_000:
        assert read(path).text == "diep"
    else:
        assert "nested" in refusal(path)


def test_a_cut_rtf_says_so(tmp_path: Path) -> None:
    path = tmp_path / "half.rtf"
    path.write_bytes(rb"{\rtf1 {\b half\par")
    assert "cut off" in refusal(path)


def test_five_megabytes_in_one_paragraph(tmp_path: Path) -> None:
    words = "verhaal 🙂 " * 500_000
    start = time.perf_counter()
    assert read(archive(tmp_path / "lang.docx", body(words))).text == words
    (tmp_path / "lang.rtf").write_bytes(b"{\\rtf1 " + b"verhaal " * 650_000 + b"\\par}")
    assert len(read(tmp_path / "lang.rtf").text) == 5_200_000
    assert time.perf_counter() - start < 5


def test_too_much_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "veel.txt"
    path.write_bytes(b"\n" * 500_000 + b"x")
    assert "too large" in refusal(path)


def test_every_text_has_its_dutch() -> None:
    folder = Path(corpora.readers.__file__).parent
    dutch = json.loads((folder.parent / "i18n/nl/readers.json").read_text(encoding="utf-8"))
    used = {text for path in folder.glob("*.py") for text in _templates(path)}
    assert used == set(dutch)
    for english, translated in dutch.items():
        assert _fields(english) == _fields(translated)


def _templates(path: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return {call.args[0].value for call in calls
            if isinstance(call.func, ast.Name) and call.func.id in ("ReadError", "message", "Message")
            and call.args and isinstance(call.args[0], ast.Constant)}


def _fields(template: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
