"""What a view reads of a document's codings, and that following the steps gives the same as reading anew."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from codebook import coded, codes, coding, memos
from codebook.analysis.progress import FacetRule, complete_by_document
from codebook.models import Coding
from codebook.reading import Reading
from corpora.messages import message
from corpora.store.project import Changed, Project
from tests.codebook.places import code_ids, coder, facet_ids, narratief_ids, project_with_text, there_and_back

DEEDS = st.lists(st.tuples(st.sampled_from(["toggle", "absent", "clear", "flag", "repeat", "undo", "redo"]),
                           st.integers(0, 3), st.integers(0, 5), st.booleans()), max_size=10)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_with_text(tmp_path)


def standing(project: Project) -> int:
    """How many steps undo could take back."""
    return sum(step.kind == "do" and step.state == "done" for step in project.log())


@settings(max_examples=15, deadline=None)
@given(deeds=DEEDS)
def test_following_the_rows_gives_what_reading_gives(deeds: list[tuple[str, int, int, bool]]) -> None:
    with TemporaryDirectory() as folder:
        project = project_with_text(Path(folder))
        follow(project, deeds)
        project.close()


def follow(project: Project, deeds: list[tuple[str, int, int, bool]]) -> None:
    one, two = coder(project, "An"), coder(project, "Bo")
    ground = standing(project)
    pieces, labels, facets = narratief_ids(project), list(code_ids(project).values()), list(facet_ids(project).values())
    with project.read() as session:
        known = coded.of_document(session, 1)
    seen: list[Changed] = []
    stop = project.listen(seen.append)
    for name, n, c, first in deeds:
        who, piece, facet = (one if first else two), pieces[n], facets[c % 3]
        if name == "toggle":
            project.step(message("t"), coding.toggle, who, piece, labels[c])
        elif name == "absent":
            project.step(message("a"), coding.set_not_mentioned, who, piece, facet)
        elif name == "clear":
            project.step(message("c"), coding.clear_not_mentioned, who, piece, facet)
        elif name == "flag":
            project.step(message("f"), coding.set_flag, who, piece, c > 2)
        elif name == "repeat":
            project.step(message("r"), coding.repeat, who, pieces[0], piece)
        elif name == "redo":
            project.redo()
        elif standing(project) > ground:
            project.undo()
    stop()
    for changed in seen:
        followed = coded.with_changes(known, changed.rows)
        assert followed is not None
        known = followed
    with project.read() as session:
        fresh = coded.of_document(session, 1)
    assert [_plain(n) for n in known] == [_plain(n) for n in fresh]


def _plain(n: coded.CodedNarratief) -> tuple[object, ...]:
    return n.id, n.nr, sorted(n.codings), dict(n.absent), dict(n.flags)


def test_missing_and_progress_agree_with_open_facets(project: Project) -> None:
    one, ids, facets, pieces = coder(project, "An"), code_ids(project), facet_ids(project), narratief_ids(project)
    project.step(message("c"), coding.apply, one, pieces[:2], [ids["Casus"], ids["eigen"], ids["positief"]])
    project.step(message("c"), coding.apply, one, pieces[2:3], [ids["Casus"]])
    project.step(message("n"), coding.set_not_mentioned, one, pieces[2], facets["WIE"])
    with project.read() as session:
        facet_of = {e.code.id: e.facet.id for e in codes.entries(session)}
        least = {f.id: f.least for f in codes.facets(session)}
        found = [(n.id, f) for n in coded.of_document(session, 1) if n.nr is not None
                 for f in coded.missing(n, one, facet_of, least)]
        assert found == [(o.narratief_id, o.facet.id) for o in coding.open_facets(session, 1, one)]
    rules = [FacetRule(f, [c for c, own in facet_of.items() if own == f]) for f in least]
    assert complete_by_document(Reading(project).index, one, rules) == {1: (2, 4)}


def test_replace_keeps_memos_also_when_the_new_code_stands_already(project: Project) -> None:
    one, ids, piece = coder(project, "An"), code_ids(project), narratief_ids(project)[0]
    project.step(message("c"), coding.apply, one, [piece], [ids["Casus"], ids["Steun"]])
    with project.read() as session:
        numbers = {c.code_id: c.id for c in session.scalars(select(Coding))}
    project.step(message("m"), memos.write, one, "coding", numbers[ids["Casus"]], "twijfel")
    there_and_back(project, coding.replace, one, [piece], ids["Casus"], ids["Steun"])
    with project.read() as session:
        assert [m.body for m in memos.of(session, "coding", numbers[ids["Steun"]])] == ["twijfel"]
        assert session.scalars(select(Coding.code_id)).all() == [ids["Steun"]]


def test_a_new_code_with_its_words_is_one_step(project: Project) -> None:
    one, facets, piece = coder(project, "An"), facet_ids(project), narratief_ids(project)[0]
    made = there_and_back(project, coding.apply_new, one, piece, facets["WAT"], "half negen", (3, 12))
    with project.read() as session:
        assert session.scalars(select(Coding.code_id)).all() == [made]
        assert [(q.start, q.end, q.code_id) for q in memos.quotes_of(session, 1)] == [(3, 12, made)]


@pytest.mark.parametrize(("typed", "found"), [("Cassus", ["WAT:Casus"]), ("casus", ["WAT:Casus"]), ("Stap", []),
                                              ("burgers", ["WIE:burger"]), ("", []), ("Iets heel anders", [])])
def test_near_names(project: Project, typed: str, found: list[str]) -> None:
    with project.read() as session:
        assert [e.qualified for e in codes.near(session, typed)] == found


def test_definition_changes_count_only_after_use(project: Project) -> None:
    one, casus = coder(project, "An"), code_ids(project)["Casus"]
    project.step(message("d"), codes.describe, casus, definition="Eerste.")
    project.step(message("c"), coding.apply, one, narratief_ids(project)[:3], [casus])
    project.step(message("d"), codes.describe, casus, definition="Tweede.", note="n")
    project.step(message("d"), codes.describe, casus, note="anders")
    with project.read() as session:
        found = codes.definition_changes(session, casus)
    assert [(c.old, c.new, c.codings, c.author) for c in found] == [("Eerste.", "Tweede.", 3, "Tester")]
