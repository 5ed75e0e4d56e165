"""The codebook that ships: the instrument's 46 codes, complete, and the same in every project."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from codebook import codebook_files, codes, founding, library
from codebook.codebook_files import CodeRow
from codebook.models import Code, CodeGroup, Facet
from corpora.errors import ProjectError, ReadError, UsageError
from corpora.messages import message
from corpora.store.project import Project

DOUBTED = {("WAT", 18), ("WIE", 11), ("WIE", 12), ("HOE", 8), ("HOE", 9)}
ROLES = {"Werkzame factor": "mechanisme", "Belemmerende factor": "context-belemmerend", "Faciliteren": "context",
         "Wet- en regelgeving": "context", "Outcome": "outcome", "Verbeterpunt": "verbeterpunt"}
KERNELEMENTEN = {"Dialogisch werken": "Dialogisch werken", "Casus Leren": "Casusleren in een team",
                 "Actief leren": "Actief leren (leren door te doen)",
                 "Actie-gericht coachen": "Resultaatgericht coachen", "Transitie sociaal domein": "Samen kantelen"}


@pytest.fixture(scope="module")
def rows() -> list[CodeRow]:
    return library.read("narratieve-analyse")


def test_the_instrument_has_its_46_codes(rows: list[CodeRow]) -> None:
    assert Counter(row.facet for row in rows) == {"WAT": 25, "WIE": 12, "HOE": 9}
    for facet, n in (("WAT", 25), ("WIE", 12), ("HOE", 9)):
        assert [row.number for row in rows if row.facet == facet] == list(range(1, n + 1))
    assert len({(row.facet, row.label.casefold()) for row in rows}) == 46
    assert {"SWT\N{RIGHT SINGLE QUOTATION MARK}s", "straat/dorp", "cliché"} <= {row.label for row in rows}


def test_every_code_is_explained(rows: list[CodeRow]) -> None:
    for row in rows:
        assert all((row.definition, row.example, row.groups)), row.label
        assert row.use_when.startswith("Gebruik ") and row.not_when.startswith("Niet "), row.label
        assert 3 <= len(row.synonyms.split("; ")) <= 8 and "\n" not in row.synonyms, row.label
    for name in ("definition", "use_when", "not_when", "example"):
        assert len({getattr(row, name) for row in rows}) == 46, name


def test_the_rule_against_names_another_code(rows: list[CodeRow]) -> None:
    for row in rows:
        others = {other.label for other in rows if other.facet == row.facet and other.label != row.label}
        assert any(label in row.not_when for label in others), row.label


def test_the_doubt_of_the_source_is_told(rows: list[CodeRow]) -> None:
    assert {(row.facet, row.number) for row in rows if not row.certain} == DOUBTED
    assert all(row.note for row in rows if not row.certain)


def test_roles_and_kernelementen(rows: list[CodeRow]) -> None:
    assert {row.label: row.cmo_role for row in rows if row.cmo_role} == ROLES
    assert {row.label: row.kernelement for row in rows if row.kernelement} == KERNELEMENTEN


def _uuids(project: Project) -> dict[tuple[str, ...], object]:
    with project.read() as session:
        found: dict[tuple[str, ...], object] = {(f.label,): f.uuid for f in session.scalars(select(Facet))}
        found |= {(e.facet.label, e.code.label): e.code.uuid for e in codes.entries(session)}
        return found | {("group", g.label): g.uuid for g in session.scalars(select(CodeGroup))}


def test_two_projects_have_the_same_uuids(tmp_path: Path) -> None:
    one, other = (founding.found(tmp_path / f"{n}.narratief") for n in ("een", "twee"))
    found = _uuids(one)
    assert len(found) == 3 + 46 + 12 and len(set(found.values())) == len(found)
    assert _uuids(other) == found


def test_a_project_gives_the_codebook_back_as_it_was(tmp_path: Path, rows: list[CodeRow]) -> None:
    project = founding.found(tmp_path / "een.narratief")
    file = tmp_path / "uit.csv"
    with project.read() as session, file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(codebook_files.HEADS))
        writer.writeheader()
        writer.writerows(codebook_files.cells_of(row) for row in codebook_files.rows_from(session))
    assert codebook_files.read(file) == rows


def test_a_renamed_shipped_code_is_known_again(tmp_path: Path, rows: list[CodeRow]) -> None:
    project = founding.found(tmp_path / "een.narratief")
    with project.read() as session:
        code = codes.Lookup(session).code("WAT:Autonomie").code.id
    project.step(message("Rename"), codes.rename, code, "Eigen regie")
    assert project.step(message("Again"), codebook_files.put, rows, shipped=True) == 0
    with project.read() as session:
        assert session.get_one(Code, code).label == "Eigen regie"
        assert len(codes.entries(session)) == 46


def _table(folder: Path, *lines: str) -> Path:
    file = folder / "codes.csv"
    file.write_text("\n".join(("facet,label,number,parent", *lines)), encoding="utf-8")
    return file


@pytest.mark.parametrize(("lines", "said"), [
    (("WAT,A,1,B", "WAT,B,2,A"), "row 2"), (("WAT,A,1,A",), "row 2"), (("WAT,A,²,",), "row 2"),
    (("WAT,A,1,", "WAT,a,2,"), "row 3"), (("WAT,A,1,X",), "«X»"), (("WAT,,1,",), "row 2")])
def test_a_faulty_codebook_names_its_row(tmp_path: Path, lines: tuple[str, ...], said: str) -> None:
    with pytest.raises(ReadError, match=said):
        codebook_files.read(_table(tmp_path, *lines))


def test_a_ring_with_the_codes_that_are_there_is_refused(tmp_path: Path) -> None:
    project = founding.found(tmp_path / "p.narratief", codebook=str(_table(tmp_path, "WAT,A,1,", "WAT,B,2,A")))
    with pytest.raises(UsageError, match="below itself"):
        project.step(message("Again"), codebook_files.put, [CodeRow("WAT", "B"), CodeRow("WAT", "A", parent="B")])


def test_founding_leaves_nothing_behind_when_the_codebook_is_wrong(tmp_path: Path) -> None:
    place = tmp_path / "p.narratief"
    with pytest.raises(UsageError, match="colon"):
        founding.found(place, codebook=str(_table(tmp_path, "WAT,A: b,1,")))
    assert [p.name for p in tmp_path.iterdir()] == ["codes.csv"]
    founding.found(place, codebook=founding.EMPTY).close()
    with pytest.raises(ProjectError):
        founding.found(place)
