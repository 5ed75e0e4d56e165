"""What one copy deleted and another used: kept or let go as was chosen, told in words, and nothing left hanging; and
what was said stays said when a merge let one row stand for two."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from codebook import codes, coding, merging
from codebook.checks import problems
from codebook.packages import package
from corpora import documents, narratives
from corpora.messages import message
from corpora.narratives import Span
from corpora.store.project import Project
from tests.codebook.merge_plays import TEXTS, _book, _pieces, begin, copy, picture


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return begin(tmp_path)


def use(session: Session) -> None:
    coding.apply(session, coding.coder_id(session, "Sem"), [_pieces(session)[-1].id], [_book(session)[0].id])


def rename_document(session: Session) -> None:
    documents.rename(session, documents.find(session, "Gesprek 2").id, "Een ander gesprek")


def drop_document(session: Session) -> None:
    documents.remove(session, documents.find(session, "Gesprek 2").id)


def drop_code(session: Session) -> None:
    codes.remove(session, _book(session)[0].id)


Deed = Callable[[Session], None]


@pytest.mark.parametrize(("drop", "used"), [(drop_document, use), (drop_document, rename_document), (drop_code, use)])
@pytest.mark.parametrize("dropped_here", [True, False])
@pytest.mark.parametrize("choice", ["keep", "delete"])
def test_deleted_and_used_goes_as_chosen_and_is_told(base: Path, tmp_path: Path, drop: Deed, used: Deed, choice: str, *,
                                                     dropped_here: bool) -> None:
    here, there = (drop, used) if dropped_here else (used, drop)
    away = copy(base, tmp_path / "copy.narratief", "Sem")
    away.step(message("There"), there)
    away.close()
    project = Project.open(base, "Mirthe")
    project.step(message("Here"), here)
    before = picture(project)
    seen = merging.preview(project, [str(tmp_path / "copy.narratief")], {"deleted_used": choice})
    done = merging.merge(project, [str(tmp_path / "copy.narratief")], {"deleted_used": choice})
    assert [c.kind for c in seen.conflicts if c.kind != "renamed"] == ["deleted_used"]
    assert seen.conflicts == done.conflicts and seen.removed == done.removed
    assert [str(p) for p in problems(project)] == []
    after = picture(project)
    assert (len(after["documents"]) == 2) is (choice == "keep" or drop is drop_code)
    assert (len(after["codes"]) == 7) is (choice == "keep" or drop is drop_document)
    project.undo()
    assert picture(project) == before
    project.close()


def recut(*ends: int) -> Deed:
    """Cut the first document anew, whatever hangs on its narratieven."""
    def operation(session: Session) -> None:
        starts = [0, *(end + 1 for end in ends[:-1])]
        document = documents.find(session, "Gesprek 1").id
        narratives.set_segmentation(session, document, [Span(a, b) for a, b in zip(starts, ends, strict=True)],
                                    replace=True)
    return operation


@pytest.mark.parametrize("order", [("Noor", "Sem"), ("Sem", "Noor")])
def test_one_code_on_two_narratieven_that_became_one_and_two_again(base: Path, tmp_path: Path,
                                                                   order: tuple[str, str]) -> None:
    """Found by playing judge: the second of two equal codings was lost when a blind copy's cut came first."""
    project = Project.open(base, "Mirthe")
    project.step(message("Same"), lambda s: coding.apply(
        s, coding.coder_id(s, "Yara"), [n.id for n in _pieces(s)[:2]], [_book(s)[0].id]))
    cuts = {"Noor": recut(38, len(TEXTS[0])), "Sem": recut(19, len(TEXTS[0]))}
    for name, cut in cuts.items():
        package(project, tmp_path / f"{name}.narratief", name, blind=True)
        away = Project.open(tmp_path / f"{name}.narratief", "root")
        away.step(message("Cut"), cut)
        away.close()
    for name in order:
        merging.merge(project, [str(tmp_path / f"{name}.narratief")])
    assert {(start, end) for _, start, end, _, _, who in picture(project)["codings"] if who == "Yara"} == {
        (0, 19), (20, len(TEXTS[0]))}
    assert [str(p) for p in problems(project)] == []
    project.close()
