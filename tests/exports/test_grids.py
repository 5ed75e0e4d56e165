"""Grids in a workbook: a sheet per deelvraag, each combination with its narratieven, as the query tool finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from codebook import asking, coding, gridding, grids
from codebook.grids import Axis
from codebook.reading import Reading
from corpora.messages import message
from exports import excel, giving
from tests.exports.studies import DUTCH, study


def lines(path: Path, sheet: str) -> list[dict[str, Any]]:
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_a_deelvraag_has_its_combinations_with_their_narratieven(tmp_path: Path) -> None:
    project = study(tmp_path)
    reading = Reading(project)
    facets = {f.label: f.id for f in reading.catalogue.facets}
    first = project.step(message("Add"), grids.add, "Raster 1",
                         [Axis(facets[label]) for label in ("WAT", "WIE", "HOE")], deelvraag_id=1)
    project.step(message("Add"), grids.add, "Stuk", [Axis(facets["WAT"])], condition="Verdwenen")
    with project.read() as session:
        grid = gridding.work_grid(reading, session, first)
    noor = project.step(message("Coder"), coding.coder_id, "Noor")
    project.step(message("Mark"), grids.mark, noor, first, grid.combination((0, 0, 0)), "gelezen", grid.ids((0, 0, 0)))
    project.step(message("Note"), grids.interpret, noor, first, grid.combination((0, 0, 0)), "=Zo zit het")
    path = tmp_path / "rasters.xlsx"
    giving.write(Reading(project), giving.Wanted(path, "grid"), DUTCH)
    assert load_workbook(path).sheetnames[:2] == ["=Deelvraag 1", "Zonder deelvraag"]
    found = lines(path, "=Deelvraag 1")
    heads = [row for row in found if row["Narratieven"] is not None]
    assert [row["Combinatie"] for row in heads] == [" × ".join(grid.labels(p)) for p in grid.places()]
    for row, place in zip(heads, grid.places(), strict=True):
        below = [(r["Document"], r["Nr"]) for r in found if r["Combinatie"] == row["Combinatie"] and r["Nr"]]
        asked = asking.query(reading, grid.expression(place))
        assert below == [(n.document, n.nr) for n in asked.narratieven]
        assert (row["Narratieven"], row["Documenten"]) == (asked.count, asked.documents)
    assert (heads[0]["Status"], heads[0]["Interpretatie"]) == ("gelezen", "=Zo zit het")
    assert heads[0]["Vraag"] == "Wat zeggen narratieven vanuit eigen over Casus, verteld als positief?"
    assert {row["Status"] for row in heads if not row["Narratieven"]} == {"leeg"}
    assert "Verdwenen" in lines(path, "Zonder deelvraag")[0]["Vraag"]


def test_without_a_grid_all_combinations_that_hold_narratieven(tmp_path: Path) -> None:
    reading = Reading(study(tmp_path))
    path = tmp_path / "rasters.xlsx"
    excel.write_grids(reading, path, DUTCH)
    heads = [row for row in lines(path, "Alle facetten") if row["Narratieven"] is not None]
    whole = asking.grid(reading, [("WAT", ["*"]), ("WIE", ["*"]), ("HOE", ["*"])])
    assert [(r["Combinatie"], r["Narratieven"]) for r in heads] == [
        (" × ".join(c.codes), c.count) for c in whole.cells if c.count]


def test_an_asked_grid_brings_its_narratieven(tmp_path: Path) -> None:
    reading = Reading(study(tmp_path))
    found = asking.grid(reading, [("WAT", ["*"]), ("HOE", ["positief"])])
    path = tmp_path / "g.xlsx"
    excel.write_grid(found, path, DUTCH, reading)
    rows = lines(path, "Narratieven per combinatie")
    assert [(r["Combinatie"], r["Narratieven"]) for r in rows if r["Narratieven"] is not None] == [
        (" × ".join(c.codes), c.count) for c in found.cells]
    assert sum(r["Nr"] is not None for r in rows) == found.grid.total
