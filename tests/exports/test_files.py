"""Tables as text, codebooks, transcripts, archives, and the command that writes them."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from codebook import asking, codebook_files, coding
from codebook.counts import counts_of
from codebook.models import Coder, NotMentioned
from codebook.reading import Reading
from corpora.messages import message
from corpora.models import Document as Material
from corpora.store.project import Project
from corpora.tables import read_table
from exports import archive, audit_trail, codebooks, delimited, files, transcript
from exports.transcript_values import Run, coded_transcript
from tests.exports.studies import CODES, DUTCH, PROBES, reading, study
from workbench.cli import main
from workbench.cli.cut import bulk_rows


def lines(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def run(*words: str | Path) -> int:
    return main.main([str(word) for word in words])


def test_codings_have_a_line_each_and_no_formula(tmp_path: Path) -> None:
    found = reading(tmp_path)
    n = delimited.write_codings(found, tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,narratief,code,reason,")
    rows = lines(tmp_path / "c.csv")
    assert n == len(rows) == counts_of(found.project)["codings"] + 1
    assert {row["document"] for row in rows} == {"'=Gesprek", "Tweede"}
    assert {row["coder"] for row in rows} == {"Noor", "'=Sem"}
    assert [row["reason"] for row in rows if row["label"] == "niet genoemd"] == ["'=geen oordeel"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_codings_of_one_coder_go_back_in(tmp_path: Path) -> None:
    project = study(tmp_path)
    _plain_names(project)
    delimited.write_codings(Reading(project), tmp_path / "c.csv", "Sem")
    before = counts_of(project)["codings"]
    rows = bulk_rows(read_table(tmp_path / "c.csv"))
    assert project.step(message("Code"), coding.apply_bulk, "Bo", rows) == len(rows)
    own = [(r.document, r.nr, r.label, r.reason) for r in delimited.coded(Reading(project), "Sem")]
    assert own == [(r.document, r.nr, r.label, r.reason) for r in delimited.coded(Reading(project), "Bo")]
    assert counts_of(project)["codings"] == before + len(rows) - 1


def _plain_names(project: Project) -> None:
    def rename(session: Any) -> None:
        session.query(Material).filter_by(title="=Gesprek").one().title = "Gesprek"
        session.query(Coder).filter_by(name="=Sem").one().name = "Sem"
        session.query(NotMentioned).one().reason = "geen oordeel"

    project.step(message("Rename"), rename)


def test_json_lines_are_one_object_per_coding(tmp_path: Path) -> None:
    found = reading(tmp_path)
    n = delimited.write_json_lines(found, tmp_path / "c.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "c.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == n and rows[0]["document"] == "=Gesprek" and rows[0]["code"] == "WAT:Casus"
    absent = [row for row in rows if row["label"] is None]
    assert [(row["code"], row["reason"]) for row in absent] == [("HOE:niet genoemd", "=geen oordeel")]


def test_the_long_table_has_every_narratief(tmp_path: Path) -> None:
    found = reading(tmp_path)
    n = delimited.write_long(found, tmp_path / "l.tsv", "=Sem")
    text = (tmp_path / "l.tsv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t"))
    assert {(r["document"], r["narratief"]) for r in rows} == {
        *(("'=Gesprek", str(n)) for n in range(1, len(PROBES) + 1)), ("Tweede", "1")}
    assert n == len(rows) and [r["code"] for r in rows if r["narratief"] == "3"] == [""]
    assert rows[0]["attribute:wijk"] == "'=Noord" and rows[0]["begin"] == "0" and rows[0]["end"] == "4"


def test_the_audit_trail_tells_every_step(tmp_path: Path) -> None:
    project = study(tmp_path)
    project.undo()
    audit_trail.write_audit(project, tmp_path / "a.csv", DUTCH)
    rows = lines(tmp_path / "a.csv")
    steps = {r["step"]: (r["coder"], r["kind"], r["state"]) for r in rows}
    assert list(steps.values()) == [("Tester", "do", "undone"), ("Tester", "undo", "done")]


@pytest.mark.parametrize("name", ["b.xlsx", "b.csv"])
def test_a_codebook_reads_back(tmp_path: Path, name: str) -> None:
    # A CSV guards formulas with an apostrophe, so only a workbook gives those back as they were.
    rows = [replace(CODES[0], definition="Een, \"zin\"\nen nog een"), *CODES[1:3]] if name == "b.csv" else list(CODES)
    codebooks.write_codebook(rows, tmp_path / name)
    assert codebook_files.read(tmp_path / name) == rows


def test_transcript_values_hold_every_word_with_its_codes(tmp_path: Path) -> None:
    found = coded_transcript(reading(tmp_path), "tweede")
    first, rest = found.passages
    assert first.runs == (Run("[I: "), Run("Hoe ging het?", True), Run("] R: Goed, <b>heel</b> goed."))
    assert [(c.label, c.codes) for c in first.codes] == [("WAT", ("Casus",)), ("WIE", ("burger",))]
    assert first.absent == ("HOE",) and rest.excluded and rest.nr is None and rest.text == "Einde."


def test_transcripts_show_codes_beside_the_words(tmp_path: Path) -> None:
    found = reading(tmp_path)
    transcript.write_transcript(found, "Tweede", tmp_path / "t.html", DUTCH)
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;heel&lt;/b&gt;" in page and '<span class="interviewer">Hoe ging het?</span>' in page
    assert "Casus" in page and "HOE: niet genoemd" in page and "<script" not in page and "http" not in page
    transcript.write_transcript(found, "=gesprek", tmp_path / "t.docx", DUTCH)
    rows = Document(str(tmp_path / "t.docx")).tables[0].rows
    assert [row.cells[1].text for row in rows[1:]] == list(PROBES)
    assert rows[1].cells[2].text.splitlines() == ["WAT: Casus; Steun", "WIE: eigen; burger", "HOE: positief",
                                                  "Noor: +memo", "regel twee"]


def test_an_archive_holds_a_sound_copy_and_the_tables(tmp_path: Path) -> None:
    found = reading(tmp_path)
    for name in ("een.zip", "twee.zip"):
        assert archive.write_archive(found, tmp_path / name, DUTCH) == []
    assert (tmp_path / "een.zip").read_bytes() == (tmp_path / "twee.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "een.zip") as packed:
        assert sorted(packed.namelist()) == ["LEES MIJ.txt", "codeboek.csv", "coderingen.csv", "documenten.csv",
                                             "narratieven.csv", "proef.narratief", "wijzigingen.csv"]
        packed.extract("proef.narratief", tmp_path / "uit")
        assert "geen sleutel" in packed.read("LEES MIJ.txt").decode()
    assert counts_of(Project.open(tmp_path / "uit" / "proef.narratief")) == counts_of(found.project)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "uit.csv"
    target.write_text("oud")
    with pytest.raises(files.ExportError, match=r"disk is full.*uit\.csv"), files.written(target) as draft:
        draft.write_text("half")
        raise OSError(28, "No space left on device")
    assert target.read_text() == "oud" and [p.name for p in tmp_path.iterdir()] == ["uit.csv"]
    with pytest.raises(files.ExportError, match="no folder"), files.written(tmp_path / "weg" / "uit.csv"):
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(files.ExportError, match="disk is full"), files.written(tmp_path / "uit.csv"), \
            Path("/dev/full").open("w") as full:
        full.write("x" * 100_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything may be written by root")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    with pytest.raises(files.ExportError, match="may not write"), files.written(tmp_path / "uit.csv"):
        pass
    tmp_path.chmod(0o755)


def test_the_command_writes_by_ending_and_says_what_was_lost(tmp_path: Path, capsys: Any) -> None:
    place = study(tmp_path).path
    assert place is not None
    for name in ("w.xlsx", "c.csv", "c.tsv", "c.jsonl", "z.zip"):
        assert run("export", place, tmp_path / name, "--json") == 0
        assert json.loads(capsys.readouterr().out) == {"lost": []}
    assert openpyxl.load_workbook(tmp_path / "w.xlsx").sheetnames[0] == "Leeswijzer"
    for name, form in (("l.csv", "long"), ("b.xlsx", "codebook"), ("a.csv", "audit")):
        assert run("export", place, tmp_path / name, "--as", form) == 0
    assert run("export", place, tmp_path / "t.html", "--document", "Tweede") == 0


@pytest.mark.parametrize(("words", "said"), [
    (("r.docx", "--as", "archive"), ".zip"), (("f.docx", "--as", "factsheet"), "@Groep"),
    (("r.qdpx",), "workbook (.xlsx)"), (("w.csv", "--as", "workbook"), ".xlsx"),
    (("t.html",), "«=Gesprek»"), (("w.xlsx", "--document", "Tweede"), "--document"),
    (("f.docx", "--as", "transcript", "--group", "x"), "--group"), (("proef.narratief", "--as", "codings"), ".csv"),
    (("w.xlsx", "--codings", "Niemand"), "Niemand"), (("weg/w.xlsx",), "weg")])
def test_what_cannot_be_written_is_said_in_one_line(tmp_path: Path, capsys: Any, words: tuple[str, ...],
                                                    said: str) -> None:
    project = study(tmp_path)
    project.close()
    place = project.path
    assert place is not None
    before = sorted(p.name for p in tmp_path.iterdir())
    assert run("export", place, tmp_path / words[0], *words[1:]) == 1
    told = capsys.readouterr()
    assert told.out == "" and said in told.err and told.err.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_the_screen_and_the_csv_agree(tmp_path: Path) -> None:
    found = reading(tmp_path)
    delimited.write_codings(found, tmp_path / "c.csv")
    hits = {(r["document"].removeprefix("'"), int(r["narratief"])) for r in lines(tmp_path / "c.csv")
            if r["label"] == "Casus"}
    assert hits == {(n.document, n.nr) for n in asking.query(found, "Casus").narratieven}
