"""Plain text: encodings and lines."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.errors import ReadError
from corpora.readers import read
from corpora.readers.plain import decode

DUTCH = "I: Bent u geïnteresseerd in coördinatie?\nR: Jazeker, één keer per week – “café” €5.\n"


@pytest.mark.parametrize(("encoding", "mark"), [
    ("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", codecs.BOM_UTF32_LE), ("cp1252", b"")])
def test_encodings(tmp_path: Path, encoding: str, mark: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + DUTCH.encode(encoding))
    source = read(path)
    assert source.text == DUTCH
    assert source.encoding == ("windows-1252" if encoding == "cp1252" else encoding)
    sure = bool(mark) or encoding == "utf-8"
    assert len(source.warnings) == (0 if sure else 1)


def test_warning_names_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("één".encode("cp1252"))
    assert "Windows-1252" in str(read(path).warnings[0])


def test_line_ends_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"  een \r\n\r\ntwee\rdrie\x0c\xe2\x80\xa8vier\t\n")
    source = read(path)
    assert source.text == "  een \n\ntwee\ndrie\x0c\u2028vier\t\n"
    assert [source.text[b.start:b.end] for b in source.blocks] == ["  een ", "", "twee", "drie\x0c\u2028vier\t"]


def test_markdown_keeps_its_signs(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Gesprek\n**I:** hoe 2 ** 3 was\n", encoding="utf-8")
    source = read(path)
    assert source.text == "# Gesprek\n**I:** hoe 2 ** 3 was\n"
    assert source.blocks[0].heading and not source.blocks[1].heading
    assert [source.text[a:b] for a, b in source.blocks[1].bold] == ["I:"]


@pytest.mark.parametrize(("data", "said"), [
    (b"", "empty"), (b" \r\n\t", "empty"), (codecs.BOM_UTF8, "empty"),
    (b"I: een\nR: \x00twee", "line 2"), (bytes(range(1, 32)) * 40, "no text"),
    ("één, twéé, drié, ".encode() * 3 + b"\nstuk \xff", "line 2"),
    (b"geen \x81 en \x9d", "neither"), (codecs.BOM_UTF8 + b"a\n\xff", "line 2")])
def test_what_is_no_text_says_so(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path)
    assert said in str(caught.value) and "a.txt" in str(caught.value) and "\n" not in str(caught.value)


def test_five_megabytes_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    words = "ja 🙂 **nee " * 420_000
    path.write_text(words, encoding="utf-8")
    source = read(path)
    assert source.text == words and source.blocks[0].end == len(words)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_is_never_taken_for_something_else(text: str) -> None:
    found, encoding, warnings = decode(text.encode("utf-8").removeprefix(codecs.BOM_UTF8), "a.txt")
    assert (found, encoding, warnings) == (text.removeprefix("\ufeff"), "utf-8", ())


@given(st.text(st.sampled_from("abc éëï 🙂 مرحبا\n.,"), min_size=40))
def test_wide_text_without_mark_is_found_when_it_has_latin(text: str) -> None:
    spoken = "Hoe was het? " * 5 + text
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(spoken.encode(encoding), "a.txt")[:2] == (spoken, encoding)
