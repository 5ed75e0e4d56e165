"""Every text for people has its Dutch, and every Dutch text is used."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QFileIconProvider, QLabel

from corpora.messages import ROOMS, catalogue
from tests.workbench.source_texts import ROOT, Found, constants, sentences, shown_texts, untranslated_on_screen
from workbench import i18n


def listed(found: Iterable[Found]) -> list[str]:
    return sorted({f"{each.where}: {each.text!r}" for each in found})


def letters(text: str) -> bool:
    return any(sign.isalpha() for literal, *_ in string.Formatter().parse(text) for sign in literal)


def places(text: str) -> set[str]:
    return {name for _, name, *_ in string.Formatter().parse(text) if name is not None}


def test_every_text_has_its_dutch() -> None:
    dutch = catalogue("nl")
    missing = [each for each in (*shown_texts(), *sentences()) if letters(each.text) and each.text not in dutch]
    assert listed(missing) == []


def test_dutch_texts_fill_in_the_same_values() -> None:
    wrong = {english: dutch for english, dutch in catalogue("nl").items() if places(english) != places(dutch)}
    assert wrong == {}


def test_no_dutch_text_is_left_over() -> None:
    present = constants()
    assert sorted(text for text in catalogue("nl") if text not in present) == []


def test_no_text_has_two_translations() -> None:
    seen: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in (path for room in ROOMS for path in (ROOT / room / "i18n" / "nl").glob("*.json")):
        for english, dutch in json.loads(path.read_text(encoding="utf-8")).items():
            seen[english].add((path.name, dutch))
    assert {text: found for text, found in seen.items() if len({dutch for _, dutch in found}) > 1} == {}


def test_nothing_goes_to_the_screen_untranslated() -> None:
    assert listed(untranslated_on_screen()) == []


COUNTING = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
before = sys.getrefcount(None)
for n in range(500):
    label.setText(str(n))
print(before - sys.getrefcount(None))
"""


def test_qt_loses_no_reference_to_none(tmp_path: Path) -> None:
    """PySide6 6.12 on Python 3.11 loses one per call, and the program dies after some thousands of them."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": ""}
    made = subprocess.run([sys.executable, "-c", COUNTING], env=environment, capture_output=True, text=True,
                          timeout=60, check=True)
    assert int(made.stdout) < 50


def test_the_file_dialog_of_qt_itself_speaks_dutch(qtbot: Any) -> None:
    app = QApplication.instance()
    assert app is not None
    i18n.set_language("nl")
    i18n.install_qt_texts(app)
    try:
        dialog = QFileDialog()
        qtbot.addWidget(dialog)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        said = {label.text() for label in dialog.findChildren(QLabel)}
        assert {"&Zoeken in:", "Bestands&naam:", "Bestanden van &type:"} <= said
        assert QFileIconProvider().type(QFileInfo("/")) in ("Map", "Schijf")
    finally:
        i18n.set_language("en")
        i18n.install_qt_texts(app)
