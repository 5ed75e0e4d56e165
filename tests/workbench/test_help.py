"""The guide: complete, reachable from every place, and true where that can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from pytestqt.qtbot import QtBot

from codebook.query.text import parse
from workbench import help as guide
from workbench.app import Desk
from workbench.panels.help import HelpPage
from workbench.places import furnish, places
from workbench.settings import Settings

FOLDER = Path(guide.__file__).parent / "guide"


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[HelpPage]:
    made = HelpPage("coding")
    qtbot.addWidget(made)
    made.show()
    yield made


def test_every_page_is_listed_and_has_a_title() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(guide.ORDER)
    assert all(page.title and page.text.startswith("# ") for page in guide.pages())


def test_every_place_of_the_window_has_its_page() -> None:
    assert {key for key, *_rest in places()} <= set(guide.PAGE_OF_PLACE)
    assert set(guide.PAGE_OF_PLACE.values()) <= set(guide.ORDER)


def test_links_lead_to_pages() -> None:
    for page in guide.pages():
        for link in re.findall(r"\]\(([^)]+)\)", page.text):
            assert link.removesuffix(".md") in guide.ORDER, (page.key, link)


def test_the_examples_of_the_query_language_can_be_read() -> None:
    text = guide.page("vraagtaal").text
    examples = [one for one in re.findall(r"^\| `([^`]+)` \|", text, re.M) + re.findall(r"^  `([^`]+)`$", text, re.M)]
    assert len(examples) > 20
    for example in examples:
        parse(example)


def test_it_opens_at_the_place_and_follows_links(page: HelpPage) -> None:
    assert page.here() == "coderen"
    assert "niet genoemd" in page.text.toPlainText().casefold()
    page.text.anchorClicked.emit(QUrl("vraagtaal.md"))
    assert page.here() == "vraagtaal"


def test_words_find_pages(qtbot: QtBot, page: HelpPage) -> None:
    qtbot.keyClicks(page.field, "jaccard")
    assert [page.titles.item(n).text() for n in range(page.titles.count())] == [
        "Vragen", "Tabellen", "Overeenstemming", "Begrippen"]
    assert page.here() == "vragen"
    qtbot.keyClicks(page.field, "xyz")
    assert page.titles.count() == 0
    assert page.here() == ""


def test_f1_opens_it_and_escape_leaves(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path))
    desk = Desk(Settings(), furnish=furnish)
    qtbot.addWidget(desk.window)
    desk.window.show()
    desk.window.menus.actions["keys"].trigger()
    [opened] = desk.window.findChildren(HelpPage)
    assert opened.here() == "toetsen"
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    assert desk.window.welcome.isVisible()
