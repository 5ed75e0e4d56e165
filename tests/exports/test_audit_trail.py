"""The audit trail says who decided what, when and why, and names nobody."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy.orm import Session

from codebook import cmo, codes, coding, deciding, patterns
from corpora import pseudonyms
from corpora.messages import message
from corpora.models import Speaker
from corpora.store.project import Project
from exports.audit_trail import write_audit
from tests.exports.findings import DUTCH, ids, study


def trail(project: Project, path: Path) -> list[dict[str, str]]:
    write_audit(project, path, DUTCH)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def decided(rows: list[dict[str, str]], what: str) -> list[tuple[str, ...]]:
    return [(r["about"], r["from"], r["to"], r["why"], r["coder"]) for r in rows if r["what"] == what]


def test_decisions_with_reasons_and_who_took_them(tmp_path: Path) -> None:
    project = study(tmp_path)
    rows = trail(project, tmp_path / "a.csv")
    assert decided(rows, "beslissing over een code") == [
        ("Gesprek 1 · 3: WAT:Werkzame factor", "", "yes", "beiden bij nader inzien", "Mirthe")]
    project.author = "Noor"
    project.step(message("Anders"), _turn)
    project.step(message("Terug"), lambda s: deciding.undecide(s, ids(s, "Gesprek 1"), [1]))
    later = trail(project, tmp_path / "b.csv")
    assert decided(later, "beslissing over een code")[-1] == (
        "Gesprek 1 · 3: WAT:Werkzame factor", "yes", "no", "toch niet", "Noor")
    assert decided(later, "beslissing ingetrokken")[0][1:3] == ("no", "")


def _turn(session: Session) -> None:
    deciding.decide(session, coding.coder_id(session, "Noor"), ids(session, "Gesprek 1")[2:3], [1], False, "toch niet")


def test_rewordings_and_statuses_with_from_to_and_why(tmp_path: Path) -> None:
    project = study(tmp_path)
    who = 1
    project.step(message("Woorden"), lambda s: cmo.reword(s, who, 1, "title", "Blijven vragen", "preciezer"))
    project.step(message("Definitie"), lambda s: codes.describe(s, 1, definition="Wat helpt."))
    project.step(message("Patroon"), lambda s: patterns.change(s, 1, conclusion="Het werkt vaak."))
    rows = trail(project, tmp_path / "a.csv")
    assert ("Blijven vragen", "Doorvragen", "Blijven vragen", "preciezer", "Mirthe") in decided(
        rows, "herformulering van titel")
    assert ("WAT:Werkzame factor", "Wat maakt dat het lukt.", "Wat helpt.", "", "Mirthe") in decided(
        rows, "herformulering van definitie")
    assert ("Samen aan een casus", "Casusleren werkt.", "Het werkt vaak.", "", "Mirthe") in decided(
        rows, "herformulering van conclusie")
    reworded = [r for r in rows if r["what"] == "andere status"]
    assert [(r["from"], r["to"], r["why"]) for r in reworded] == [
        ("vermoeden", "onderbouwd", "twee gesprekken zeggen het")]


def test_a_row_that_is_new_is_no_rewording(tmp_path: Path) -> None:
    rows = trail(study(tmp_path), tmp_path / "a.csv")
    assert not decided(rows, "herformulering van definitie")
    assert [one[0] for one in decided(rows, "herformulering van conclusie")] == ["Casusleren"]


def test_no_name_stands_in_the_trail(tmp_path: Path) -> None:
    project = study(tmp_path)

    def name(session: Session) -> None:
        session.query(Speaker).first().description = "Jorinde Haverlag"  # type: ignore[union-attr]
    project.step(message("Sprekers"), name)
    project.step(message("Patroon over {name}", name="Fatima"), lambda s: patterns.change(
        s, 1, description="Fatima en Jorinde doen het voor."))
    project.step(message("Nog een"), pseudonyms.replace_names, {"Jansen": "Persoon B"})
    for ending in (".csv", ".tsv", ".xlsx"):
        write_audit(project, tmp_path / f"a{ending}", DUTCH)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    book = load_workbook(tmp_path / "a.xlsx")
    cells = " ".join(str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v)
    for words in (text, cells):
        assert "Persoon A" in words and "[naam]" in words
        assert not [one for one in ("Fatima", "Jorinde", "Haverlag", "Jansen") if one in words]


def test_the_workbook_has_decisions_and_steps(tmp_path: Path) -> None:
    project = study(tmp_path)
    write_audit(project, tmp_path / "a.xlsx", DUTCH)
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Beslissingen", "Stappen"]
    assert book["Stappen"].max_row == 1 + len(project.log())
    assert [c.value for c in book["Beslissingen"][1]] == [
        "Wanneer (UTC)", "Wie", "Stap", "Wat is besloten", "Waarover", "Van", "Naar", "Waarom"]
