"""Settings survive a restart and bear with a damaged file; the language follows settings and system."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpora.messages import Translator, catalogue, message
from workbench import i18n
from workbench.settings import RECENT_LIMIT, Settings, load_settings, settings_path

WORKBENCH = Path(i18n.__file__).parents[1]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("NARRATIEF_HOME", str(tmp_path / "home"))
    yield tmp_path
    i18n.set_language("en")


def test_settings_come_back() -> None:
    made = Settings(language="nl", theme="dark", zoom=125, coder="Ánna 😀", panels={"coding": {"split": [1, 2]}})
    made.remember_project("/a.narratief")
    made.save()
    assert load_settings() == made


def test_recent_projects_have_the_latest_first_once_and_an_end() -> None:
    made = Settings()
    for nr in [*range(20), 5]:
        made.remember_project(f"/{nr}")
    assert made.recent[:2] == ["/5", "/19"] and len(made.recent) == RECENT_LIMIT
    made.forget_project("/5")
    assert "/5" not in made.recent


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"zoom": "wide"}', '{"zoom": true}', '{"recent": [1]}'])
def test_a_damaged_file_gives_defaults(text: str) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_what_is_sound_in_a_damaged_file_is_kept() -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(json.dumps({"zoom": 5000, "theme": 3, "coder": "Bo"}), encoding="utf-8")
    assert load_settings() == Settings(zoom=200, coder="Bo")


def test_a_folder_that_cannot_be_written_is_no_error(home: Path) -> None:
    (home / "home").write_text("a file where the folder should be", encoding="utf-8")
    Settings().save()


def test_the_language_follows_the_choice_and_else_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_BE.UTF-8")
    assert i18n.set_language(None) == "nl" and i18n._("Undo") == "Ongedaan maken"
    assert i18n.set_language("en") == "en" and i18n._("Undo") == "Undo"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert i18n.set_language("xx") == "en"
    i18n.set_language("nl")
    assert i18n._("&Undo: {step}", step=message("Cancel")) == "&Ongedaan maken: Annuleren"


def _sources() -> list[Path]:
    own = ["app", "jobs", "mainwindow", "menus", "titlerow", "worker"]
    return [*(WORKBENCH / f"{name}.py" for name in own), WORKBENCH / "panels" / "welcome.py",
            *(WORKBENCH / "widgets").glob("*.py")]


def _texts(path: Path) -> set[str]:
    calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call) and n.args]
    named = [n.args[0] for n in calls if isinstance(n.func, ast.Name) and n.func.id in ("_", "message")]
    return {str(n.value) for n in named if isinstance(n, ast.Constant)}


def test_every_text_of_the_shell_and_its_widgets_is_in_dutch() -> None:
    known = catalogue("nl")
    texts = set().union(*(_texts(path) for path in _sources()))
    assert len(texts) > 60
    assert texts - set(known) == set()


def test_translations_fill_the_same_places() -> None:
    for folder in (WORKBENCH / "i18n" / "nl").glob("*.json"):
        for english, dutch in json.loads(folder.read_text(encoding="utf-8")).items():
            holes = {part.split("}")[0] for part in english.split("{")[1:]}
            assert holes == {part.split("}")[0] for part in dutch.split("{")[1:]}, english
    assert Translator("nl")("Cancel: {job}", job="x") == "Annuleren: x"
