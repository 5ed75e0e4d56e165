"""import, text, attributes, pseudonymise, segment: the keys of the contract, and files that are not what they seem."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.workbench.cli_project import TRANSCRIPT, Line

KEYS = {"title", "kind", "group", "words", "turns", "interviewer_turns", "speakers", "warnings"}


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    monkeypatch.setenv("NARRATIEF_LANG", "en")
    return Line(tmp_path, capsys)


@pytest.fixture
def study(line: Line) -> Line:
    line.fill()
    return line


def test_import_tells_what_it_brought(line: Line) -> None:
    line("new")
    source = line.file("Gesprek.txt", TRANSCRIPT)
    answer = line("import", source, "--kind", "interview", "--group", "Managers", "--json")
    assert answer.code == 0
    assert set(answer.json) == {"documents", "failed", "lost"}
    (found,) = answer.json["documents"]
    assert set(found) == KEYS
    assert (found["title"], found["kind"], found["group"]) == ("Gesprek", "interview", "Managers")
    assert (found["turns"], found["interviewer_turns"], found["speakers"]) == (6, 3, ["I", "R"])
    assert found["words"] == len(TRANSCRIPT.split())
    assert found["warnings"] == []


def test_without_a_kind_the_file_names_tell_it_and_the_answer_says_so(line: Line) -> None:
    line("new")
    diary, talk = line.file("logboek_week 3.txt", "Vandaag was rustig.\n"), line.file("R12.txt", TRANSCRIPT)
    answer = line("import", diary, talk, "--json")
    assert [d["kind"] for d in answer.json["documents"]] == ["logboek", "interview"]
    assert "interview 1, logboek 1" in answer.err and "--kind" in answer.err
    named = line("import", line.file("logboek_week 4.txt", "Weer rustig.\n"), "--kind", "overig", "--json")
    assert named.json["documents"][0]["kind"] == "overig"
    assert "file names" not in named.err


def test_the_same_content_is_not_imported_twice(study: Line) -> None:
    answer = study("import", study.file("Anders.txt", TRANSCRIPT), "--json")
    assert answer.code == 0
    (found,) = answer.json["documents"]
    assert found["title"] == "Interview 1"
    assert "already" in found["warnings"][0]
    assert study("info", "--json").json["documents"] == 1


def test_titles_are_made_unique(study: Line) -> None:
    (study.folder / "other").mkdir()
    other = study.folder / "other" / "Interview 1.txt"
    other.write_text(TRANSCRIPT.replace("mooi", "zwaar"))
    assert study("import", other, "--json").json["documents"][0]["title"] == "Interview 1 (2)"


def test_a_dry_run_changes_nothing(study: Line) -> None:
    before = study("info", "--json").out
    source = study.file("nieuw.txt", "I: Wat is er nieuw?\nR: Alles is nieuw.\n")
    answer = study("import", source, "--dry-run", "--json")
    assert answer.json["documents"][0]["turns"] == 2
    assert study("info", "--json").out == before


def test_a_folder_is_opened(line: Line) -> None:
    line("new")
    folder = line.folder / "transcripts"
    folder.mkdir()
    for n in range(3):
        (folder / f"Gesprek {n}.txt").write_text(TRANSCRIPT + f"I: Vraag {n}?\n")
    (folder / "foto.jpg").write_bytes(b"\xff\xd8")
    assert [d["title"] for d in line("import", folder, "--json").json["documents"]] == [
        "Gesprek 0", "Gesprek 1", "Gesprek 2"]


def zipped(**files: bytes) -> bytes:
    body = BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return body.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
HOSTILE = {
    "empty.txt": b"",
    "spaces.txt": b" \n\t\n",
    "empty.docx": b"",
    "cut.docx": zipped(word__document_xml=b"<w:document/>")[:60],
    "wrong.docx": b"%PDF-1.4 this is something else",
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "bomb.docx": zipped(word__document_xml=b"<a>" + b" " * 400_000_000 + b"</a>"),
    "entity.docx": zipped(word__document_xml=ENTITY, **{"[Content_Types]_xml": b"<Types/>"}),
    "entity.odt": zipped(content_xml=ENTITY, mimetype=b"application/vnd.oasis.opendocument.text"),
    "deep.rtf": b"{\\rtf1" + b"{" * 200_000,
    "picture.txt": bytes(range(256)) * 8,
    "unknown.xyz": b"words",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_bad_file_fails_alone(hostile: Path, line: Line) -> None:
    line("new")
    good = line.file("goed.txt", TRANSCRIPT)
    files = [*sorted(hostile.iterdir()), good, line.folder / "niet er.txt"]
    answer = line("import", *files, "--json")
    assert answer.code == 1
    assert [d["title"] for d in answer.json["documents"]] == ["goed"]
    failed = {f["file"]: f["reason"] for f in answer.json["failed"]}
    assert set(failed) == set(HOSTILE) | {"niet er.txt"}
    for name, reason in failed.items():
        assert name in reason, reason
        assert "\n" not in reason
        assert "Traceback" not in reason and "Error" not in reason, reason
    assert answer.err.strip().count("\n") == len(failed) - 1, "one line per file"
    assert line("check").code == 0


def test_right_to_left_and_emoji_keep_their_places(line: Line) -> None:
    line("new")
    body = "I: مرحبا 👩‍👩‍👧 hoe gaat het?\nR: 😀 Goed hoor, שלום en café.\n"
    line("import", line.file("emoji.txt", body))
    answer = line("text", "emoji", "--json").json
    assert answer["text"] == body
    assert [body[t["start"]:t["end"]] for t in answer["turns"]] == ["مرحبا 👩‍👩‍👧 hoe gaat het?",
                                                                    "😀 Goed hoor, שלום en café."]
    (hit,) = line("search", "cafe", "--json").json
    assert body[hit["start"]:hit["end"]] == hit["text"] == "café"


def test_a_line_of_five_megabytes(line: Line) -> None:
    line("new")
    assert line("import", line.file("lang.txt", "woord " * 850_000), "--json").code == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_stored_as_decoded(encoding: str, line: Line) -> None:
    line("new")
    body = "I: Één vraag?\r\nR: Ja, café’s en reünies.\rEn verder.\n"
    line("import", line.file("tekst.txt", body.encode(encoding)))
    assert line("text", "tekst", "--json").json["text"] == body.replace("\r\n", "\n").replace("\r", "\n")


def test_text_gives_turns_and_narratieven(study: Line) -> None:
    answer = study("text", "interview 1", "--json").json
    assert set(answer) == {"title", "text", "turns", "narratieven"}
    assert answer["text"] == TRANSCRIPT
    assert [set(t) for t in answer["turns"]] == [{"speaker", "interviewer", "start", "end"}] * 6
    assert [t["interviewer"] for t in answer["turns"]] == [True, False] * 3
    spoken = [TRANSCRIPT[t["start"]:t["end"]] for t in answer["turns"]]
    assert spoken == [text.split(": ", 1)[1] for text in TRANSCRIPT.splitlines()]
    assert [n["nr"] for n in answer["narratieven"]] == [1, 2, 3]


def test_a_title_that_is_not_there_suggests(study: Line) -> None:
    assert "Interview 1" in study("text", "Intervieuw 1", "--json").fault


def test_attributes(study: Line) -> None:
    assert study("attributes", "import", study.file("kenmerken.csv", "document;leeftijd\nInterview 1;43\n")).code == 0
    assert study("query", "attribute:leeftijd>40", "--json").json["count"] == 3
    assert study("query", "attribute:leeftijd>43", "--json").json["count"] == 0


@pytest.mark.parametrize(("content", "why"), [
    ("leeftijd\n4\n", "document"), ("document,leeftijd\nBestaat niet,4\n", "Bestaat niet"), ("", "fout.csv")])
def test_attributes_that_cannot_be_read(content: str, why: str, study: Line) -> None:
    assert why in study("attributes", "import", study.file("fout.csv", content)).fault


def test_segment_proposes_within_sentences(line: Line) -> None:
    line("new")
    line("import", line.file("Gesprek.txt", TRANSCRIPT))
    assert line("segment").code == 0
    answer = line("text", "Gesprek", "--json").json
    assert answer["narratieven"]
    for piece in answer["narratieven"]:
        assert piece["start"] == 0 or TRANSCRIPT[:piece["start"]].rstrip()[-1] in ".?!"


def test_segment_refuses_to_drop_coded_narratieven(study: Line) -> None:
    cuts = study.file("anders.csv", f"document,start,end\nInterview 1,0,{len(TRANSCRIPT) - 1}\n")
    before = study("text", "Interview 1", "--json").out
    assert "Interview 1" in study("segment", "--boundaries", cuts).fault
    assert study("text", "Interview 1", "--json").out == before
    assert study("segment", "--boundaries", cuts, "--replace").code == 0
    assert len(study("text", "Interview 1", "--json").json["narratieven"]) == 1
    assert study("check").code == 0


def test_a_coders_own_segmentation_is_not_the_one_in_force(study: Line) -> None:
    before = study("text", "Interview 1", "--json").out
    cuts = study.file("eigen.csv", "document,start,end\nInterview 1,0,40\n")
    assert study("segment", "--boundaries", cuts, "--coder", "Sem").code == 0
    assert study("text", "Interview 1", "--json").out == before
    assert study("info", "--json").json["coders"] == 2


@pytest.mark.parametrize(("rows", "why"), [
    ("Interview 1,0,99999", "99999"), ("Interview 1,0,40\nInterview 1,30,60", "30"), ("Interview 1,a,b", "row 2"),
    ("Niets,0,4", "Niets"), ("Interview 1,9,4", "Interview 1"), ("Interview 1,0,²", "row 2"),
    (f"Interview 1,0,{'9' * 5000}", "row 2"), ("Interview 1,0,40\nINTERVIEW 1,30,60", "30")])
def test_boundaries_that_cannot_be(rows: str, why: str, study: Line) -> None:
    before = study("text", "Interview 1", "--json").out
    cuts = study.file("fout.csv", f"document,start,end\n{rows}\n")
    assert why in study("segment", "--boundaries", cuts, "--replace").fault
    assert study("text", "Interview 1", "--json").out == before


def test_boundaries_name_a_document_in_any_case(line: Line) -> None:
    line("new")
    line("import", line.file("Gesprek.txt", "R: een twee drie vier vijf zes\n"))
    cuts = line.file("cuts.csv", "document,start,end\ngesprek,3,6\nGESPREK,7,11\n")
    assert line("segment", "nergens", "--boundaries", cuts).code == 1
    assert line("segment", "gesprek", "--boundaries", cuts).code == 0
    assert [n["start"] for n in line("text", "Gesprek", "--json").json["narratieven"]] == [3, 7]


def test_pseudonymise_keeps_every_boundary(line: Line) -> None:
    line("new")
    body = "I: Hoe gaat het met mevrouw Haverlag?\nR: Jorinde Haverlag belt elke dag. Prima mens.\n"
    line("import", line.file("namen.txt", body))
    cut = body.index("\n")
    cuts = f"document,start,end\nnamen,0,{cut}\nnamen,{cut + 1},{len(body) - 1}\n"
    line("segment", "--boundaries", line.file("cuts.csv", cuts))
    line("code", line.file("c.csv", "document,narratief,code\nnamen,2,positief\n"), "--coder", "Noor")
    suggested = line("pseudonymise", "--suggest", "--json").json
    assert all(set(s) == {"name", "kind", "count", "documents"} for s in suggested)
    assert any("Haverlag" in s["name"] for s in suggested)
    key = line.file("key.csv", "name,pseudonym\nJorinde Haverlag,[mevrouw A]\nHaverlag,[A]\n")
    assert line("pseudonymise", "--names", key).code == 0
    answer = line("text", "namen", "--json").json
    assert "Haverlag" not in answer["text"] and "Jorinde" not in answer["text"]
    assert answer["text"][answer["narratieven"][1]["start"]:].startswith("R: [mevrouw A] belt")
    assert line("query", "positief", "--json").json["narratieven"][0]["nr"] == 2
    assert line("pseudonymise", "--destroy-key").code == 0
    assert b"Haverlag" not in line.place.read_bytes()
    assert line("check").code == 0


def test_there_must_be_a_key_to_destroy(study: Line) -> None:
    assert "no key" in study("pseudonymise", "--destroy-key").fault
