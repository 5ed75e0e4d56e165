"""The place Fragmenten with real keys and mouse on a real project; what counts is what stands in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from codebook import coding, founding
from corpora import documents, narratives
from corpora.edges import Edges
from corpora.messages import message
from corpora.narratives import Span
from corpora.transcripts import recognise_text
from tests.codebook.places import code_ids, dump
from workbench.jobs import jobs
from workbench.panels.fragments import FragmentsPanel
from workbench.project import OpenProject

Key, NONE, SHIFT = Qt.Key, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
STORY = ("Toen belde de buurvrouw en die zei dat het niet goed ging met haar zoon. We zijn er samen heen gegaan en "
         "hebben eerst koffie gedronken. Daarna hebben we een plan gemaakt dat hij zelf kon volhouden.")
TALK = (f"[Hoe ziet een gewone werkdag er voor jou uit in de wijk?]\n{STORY}\n"
        "[Wat vonden de andere leden van het team van die aanpak?]\n"
        "Eerst waren ze 😀 sceptisch, want het kostte veel tijd. Later zagen ze dat het werkte en deden ze het ook.\n"
        "[En wat neem je daarvan mee naar een volgend gezin?]\n"
        "Dat je niet te snel moet willen. Ik vraag nu altijd eerst wie er in de buurt kan helpen met kleine dingen.")


@pytest.fixture
def opened(tmp_path: Path, qapp: QApplication) -> Iterator[OpenProject]:
    project = founding.found(tmp_path / "proef.narratief", author="Anna")
    for title in ("Gesprek 1", "Gesprek 2"):
        text = TALK if title.endswith("1") else TALK.replace("buurvrouw", "leraar")
        project.step(message("Import"), documents.add, recognise_text(text), title=title, kind="interview")
    made = OpenProject(project, "Anna")
    yield made
    made.close()


@pytest.fixture
def panel(opened: OpenProject, qtbot: Any) -> FragmentsPanel:
    made = FragmentsPanel(opened)
    qtbot.addWidget(made)
    made.resize(1230, 650)
    made.show()
    qtbot.waitExposed(made)
    made.text.setFocus()
    return made


def cut(opened: OpenProject, *bounds: tuple[int, int], **more: Any) -> None:
    opened.do(message("Cut"), narratives.set_segmentation, 1, [Span(a, b, **more) for a, b in bounds])


def three(opened: OpenProject, **more: Any) -> None:
    starts = [0, TALK.index("[Wat"), TALK.index("[En wat")]
    cut(opened, *zip(starts, [starts[1] - 1, starts[2] - 1, len(TALK)], strict=True), **more)


def words(opened: OpenProject, document: int = 1) -> list[str]:
    with opened.project.read() as session:
        text = documents.text_of(session, documents.in_order(session)[document - 1])
        return [text[n.start:n.end] for n in narratives.of_document(session, document)]


def state(opened: OpenProject, document: int = 1) -> list[tuple[bool, bool]]:
    with opened.project.read() as session:
        return [(n.counts, n.proposed) for n in narratives.of_document(session, document)]


def press(panel: FragmentsPanel, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(panel.text, key, modifier)


def test_cutting_by_hand_from_nothing(opened: OpenProject, panel: FragmentsPanel) -> None:
    press(panel, Key.Key_N)
    assert words(opened) == [TALK]
    panel.text.place_caret(TALK.index("andere leden") + 2)
    press(panel, Key.Key_S, SHIFT)
    panel.text.place_caret(TALK.index("Daarna") + 3)
    press(panel, Key.Key_S)
    assert [w[:6] for w in words(opened)] == ["[Hoe z", "Daarna", "[Wat v"]
    assert panel.documents.lines.lines[0].status == "✓ 3"
    assert panel.piece() is not None and panel.piece().nr == 2  # type: ignore[union-attr]
    for _ in range(3):
        opened.undo()
    assert words(opened) == [] and panel.documents.lines.lines[0].status == "–"


def test_a_split_never_cuts_a_word(opened: OpenProject, panel: FragmentsPanel) -> None:
    press(panel, Key.Key_N)
    at = TALK.index("sceptisch") + 4
    panel.text.place_caret(at)
    assert panel.text.caret() == at
    press(panel, Key.Key_S)
    assert words(opened)[1].startswith("sceptisch")


def test_proposing_in_the_background_and_accepting(opened: OpenProject, panel: FragmentsPanel, qtbot: Any) -> None:
    press(panel, Key.Key_P)
    qtbot.waitUntil(lambda: bool(words(opened)) and not panel.proposer.is_busy, timeout=30000)
    proposed = words(opened)
    assert all(is_proposed for _, is_proposed in state(opened)) and len(proposed) > 1
    assert panel.documents.lines.lines[0].status.startswith("~")
    assert panel.text.boundaries()[0].label
    press(panel, Key.Key_Return)
    assert [p for _, p in state(opened)] == [False] + [True] * (len(proposed) - 1)
    press(panel, Key.Key_J)
    joined = words(opened)
    press(panel, Key.Key_P)
    qtbot.waitUntil(lambda: not panel.proposer.is_busy, timeout=30000)
    assert words(opened)[:2] == joined[:2]
    press(panel, Key.Key_A)
    assert not any(p for _, p in state(opened))
    press(panel, Key.Key_P, SHIFT)
    qtbot.waitUntil(lambda: bool(words(opened, 2)) and not panel.proposer.is_busy, timeout=30000)
    assert opened.undo_label is not None and str(opened.undo_label) == "Propose narratieven for «Gesprek 2»"
    jobs().shut_down()


def test_a_boundary_in_hand_moves_by_word_and_sentence(opened: OpenProject, panel: FragmentsPanel) -> None:
    three(opened)
    panel.go_to(panel.document.pieces[1].id)  # type: ignore[union-attr]
    QTest.keyClicks(panel.text, "[")
    press(panel, Key.Key_Left)
    assert words(opened)[1].startswith("volhouden.\n[Wat")
    press(panel, Key.Key_Left, SHIFT)
    assert words(opened)[1].startswith("Daarna hebben")
    assert words(opened)[0].endswith("gedronken.")
    press(panel, Key.Key_Escape)
    press(panel, Key.Key_Left)
    assert words(opened)[1].startswith("Daarna hebben")
    assert panel.hand is None


def test_a_boundary_is_dragged_to_a_word(opened: OpenProject, panel: FragmentsPanel, qtbot: Any) -> None:
    three(opened)
    view, viewport = panel.text, panel.text.viewport()
    line = view.places().line_of(TALK.index("[Wat"))
    target = view.places().line_of(TALK.index("koffie") + 3)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, NONE, QPoint(80, round(line.top())))
    QTest.mouseMove(viewport, QPoint(round(target.left()), round(target.center().y())))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, NONE, QPoint(round(target.left()),
                                                                         round(target.center().y())))
    begin = words(opened)[1].split()[0]
    assert begin in ("koffie", "gedronken."), begin


def test_joining_and_splitting_say_what_coded_narratieven_keep(opened: OpenProject, panel: FragmentsPanel) -> None:
    three(opened)
    with opened.project.read() as session:
        ids = [n.id for n in narratives.of_document(session, 1)]
    codes = list(code_ids(opened.project).values())[:4]
    opened.do(message("Code"), coding.apply, opened.coder_id, [ids[0]], codes)
    said: list[str] = []
    opened.message.connect(lambda text, _undoable: said.append(str(text)))
    panel.text.place_caret(TALK.index("Daarna"))
    press(panel, Key.Key_S)
    assert said[-1] == "Split: both parts keep the 4 codes."
    press(panel, Key.Key_J, SHIFT)
    assert said[-1] == "Joined: the one narratief keeps the codes of both."
    with opened.project.read() as session:
        assert len(narratives.of_document(session, 1)) == 3


def test_marks_selections_and_numbers(opened: OpenProject, panel: FragmentsPanel) -> None:
    three(opened)
    panel.go_to(panel.document.pieces[0].id)  # type: ignore[union-attr]
    press(panel, Key.Key_G)
    assert [c for c, _ in state(opened)] == [False, True, True]
    assert [span.nr for span in panel.text.spans()] == [None, 1, 2]
    press(panel, Key.Key_X)
    assert [span.nr for span in panel.text.spans()] == [1, 2, 3]
    panel.text.select(TALK.index("scept"), TALK.index("tijd") + 2)
    press(panel, Key.Key_G)
    assert words(opened)[2] == "sceptisch, want het kostte veel tijd."
    assert [c for c, _ in state(opened)] == [True, True, False, True, True]
    press(panel, Key.Key_Delete)
    panel.text.place_caret(TALK.index("kostte"))
    assert panel.piece() is None
    press(panel, Key.Key_N)
    assert words(opened)[2] == "sceptisch, want het kostte veel tijd." and all(c for c, _ in state(opened))


def test_every_deed_is_undone_by_name(opened: OpenProject, panel: FragmentsPanel) -> None:
    three(opened, proposed=True, certainty=0.6)
    for deed, caret in [("accept", 5), ("split", TALK.index("Daarna")), ("join", 5), ("counts", 5), ("remove", 5),
                        ("clear", 5), ("join_back", TALK.index("[En wat") + 3), ("accept_all", 5)]:
        panel.text.place_caret(caret)
        before = dump(opened.project)
        panel.side.buttons[deed].click()
        assert dump(opened.project) != before, deed
        assert opened.undo_label is not None and opened.undo_label.template
        opened.undo()
        assert dump(opened.project) == before, deed


def test_what_others_change_is_seen(opened: OpenProject, panel: FragmentsPanel) -> None:
    opened.do(message("Cut"), narratives.add, 2, 0, 50)
    assert [line.status for line in panel.documents.lines.lines] == ["–", "✓ 1"]
    panel.hide()
    opened.do(message("Remove"), documents.remove, 1)
    panel.show()
    assert [line.title for line in panel.documents.lines.lines] == ["Gesprek 2"]
    assert panel.document is not None and panel.document.title == "Gesprek 2"


def test_edges_are_words_and_labels() -> None:
    edges = Edges(TALK, recognise_text(TALK).turns)
    assert TALK.index("[Wat") in edges.words and TALK.index("Wat vonden") not in edges.words
    assert set(edges.sentences) <= set(edges.words)
    place = TALK.index
    assert edges.cut(place("koffie") + 3) == place("koffie")
    assert edges.cut(place("we een plan")) == place("Daarna")
    assert edges.cut(place("gedronken") + 4) == place("Daarna")
    assert edges.cut(place("Wat vonden")) == place("[Wat")
    assert edges.stretch(place("offie"), place("gedron") + 3) == (place("koffie"), place("gedronken") + 10)
