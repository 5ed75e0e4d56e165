"""Rich text, written by hand to hold one difficulty each."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora.readers import SourceText, read

_HEAD = (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset204 Cyr;}"
         r"{\f2\fnil\fcharset2 Wingdings;}{\f3\fnil\fcharset128 Mincho;}}{\colortbl;\red0\green0\blue0;}"
         r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}{\info{\title Geheim}}")


def rtf(folder: Path, body: str) -> SourceText:
    path = folder / "gesprek.rtf"
    path.write_bytes((_HEAD + body + "}").encode("cp1252"))
    return read(path)


def bold(source: SourceText) -> list[str]:
    return [source.text[start:end] for block in source.blocks for start, end in block.bold]


TEXTS = {
    "paragraphs": (r"\pard een\par twee\line drie\tab vier\par", "een\ntwee\ndrie\tvier"),
    "code page": (r"Caf\'e9 \'80 \'93ja\'94\par", "Café € “ja”"),
    "raw bytes": ("geïnteresseerd\\par", "geïnteresseerd"),
    "other code page": (r"{\f1 \'cf\'f0\'e8} en \'e9\par", "При en é"),
    "two-byte code page": (r"{\f3 \'93\'fa}\par", "日"),
    "unicode": (r"\u8364? \u233\'e9n\par", "€ én"),
    "no stand-in": (r"{\uc0\u8364 x}\par", "€x"),
    "long stand-in": (r"{\uc3\u233 abc}d\par", "éd"),
    "emoji in two units": (r"\u-10179?\u-8704?!\par", "😀!"),
    "lone half": (r"a\u-10179?b\par", "ab"),
    "symbols": (r"{\f2 J} \emdash\endash\bullet\lquote x\rquote\~y\_z\-w\par", "☺ —–•‘x’\xa0y-zw"),
    "headers and notes": (r"{\header kop\par}{\footerr voet}a{\footnote noot}b{\*\annotation c}\par", "ab"),
    "destinations": (r"{\*\onbekend weg}{\pict\wmetafile8 0102ab}{\pntext 1.\tab}a{\*\bkmkstart m}\par", "a"),
    "field": (r'{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt{\ul kijk hier}}}\par', "kijk hier"),
    "deleted": (r"Ik {\revised ging }{\deleted was }weg\par", "Ik ging weg"),
    "deleted mark": (r"Half {\deleted\par}heel\par", "Half heel"),
    "hidden": (r"zicht{\v geheim}baar\v x\v0 !\par", "zichtbaar!"),
    "text box": (r"voor\par{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt kader\par}}{\shprslt{\*\do weg}}}na\par",
                 "voor\nkader\nna"),
    "braces": (r"\{a\} \\b\par", r"{a} \b"),
    "line ends are none": ("ee\r\nn\\par\r\n", "een"),
    "after the end": (r"een\par}{\rtf1 twee", "een"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_rtf_text(tmp_path: Path, case: str) -> None:
    body, expected = TEXTS[case]
    assert rtf(tmp_path, body).text == expected


def test_rtf_bold_and_headings(tmp_path: Path) -> None:
    source = rtf(tmp_path, r"\pard\s1 Kop\par\pard\b I:\b0  ja {\b nee} \b o\plain p\par\outlinelevel2 Sub\par")
    assert bold(source) == ["I:", "nee", "o"]
    assert [block.heading for block in source.blocks] == [True, False, True]


def test_rtf_tables(tmp_path: Path) -> None:
    source = rtf(tmp_path, r"voor\par\trowd\cellx1\pard\intbl I\cell een\par twee\cell\row"
                 r"\trowd\pard\intbl R\cell{\*\x}\pard\intbl\itap2 p\nestcell q\nestcell"
                 r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\itap1 slot\cell\row\pard na\par")
    assert [block.cell for block in source.blocks] == [
        None, (0, 0, 0), (0, 0, 1), (0, 0, 1), (0, 1, 0), (1, 0, 0), (1, 0, 1), (0, 1, 1), None]
    assert source.text == "voor\nI\teen\ntwee\nR\np\tq\tslot\nna"


def test_rtf_binary_data_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "b.rtf"
    path.write_bytes(rb"{\rtf1 voor{\pict\bin6 }{\}}{}na\par}")
    assert read(path).text == "voorna"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_rtf_unicode_comes_back(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    units = struct.unpack(f"<{len(words.encode('utf-16-le')) // 2}h", words.encode("utf-16-le"))
    path = tmp_path_factory.mktemp("rtf") / "u.rtf"
    path.write_bytes(b"{\\rtf1 " + "".join(f"\\u{unit}?" for unit in units).encode() + b"\\par}")
    shown = "".join("•" if "\uf000" <= sign <= "\uf0ff" else sign for sign in words)
    assert read(path).text == shown
