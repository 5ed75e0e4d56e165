"""The 0/1 data set equals what the questions answer."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from codebook.query.spelling import quoted
from codebook.reading import Reading
from corpora.store.project import Project
from exports.matrix import DOCUMENT_HEADS, matrix_frame, write_matrix
from workbench import demo


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    place = tmp_path_factory.mktemp("matrix") / "studie.narratief"
    demo.make(str(place))
    return Reading(Project.open(place))


@pytest.mark.parametrize("codings", ["any", "Yara"])
def test_every_column_sums_to_its_question(reading: Reading, codings: str) -> None:
    frame = matrix_frame(reading, codings)
    assert len(frame) == reading.index.n
    codes = [c for c in frame.columns if ":" in c]
    assert len(codes) == 46
    for name in codes:
        facet, label = name.split(":", 1)
        assert frame[name].sum() == reading.ask(f"{facet}:{quoted(label)}", codings=codings).count


def test_the_file_reads_back(reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    assert write_matrix(reading, path) == reading.index.n
    back = pd.read_csv(path, encoding="utf-8-sig")
    assert list(back.columns[:4]) == list(DOCUMENT_HEADS)
    both = back[(back["WAT:Werkzame factor"] == 1) & (back["WIE:facilitator"] == 1)]
    assert [*both["document"].map(str)] == [p.document for p in reading.places(
        reading.ask('"Werkzame factor" and facilitator').ids)]
