"""The menus and the registry of actions: every action has a key, a name, a shortcut, and is found by Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from workbench.field_keys import FieldKeys
from workbench.i18n import LANGUAGE_NAMES, _
from workbench.widgets.command_palette import PaletteItem


class Menus:
    """Builds the menu bar; panels add their own actions with `add`."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        FieldKeys(window)
        self.actions: dict[str, QAction] = {}
        titles = {"file": _("&File"), "edit": _("&Edit"), "view": _("&View"), "go": _("&Go to"), "help": _("&Help")}
        self.menus: dict[str, QMenu] = {key: window.menuBar().addMenu(text) for key, text in titles.items()}

    def add(
        self, menu: str, key: str, text: str, run: Callable[[], object], shortcut: str = "", enabled: bool = True,
        before: str = "",
    ) -> QAction:
        """Add an action to a menu (file, edit, view, go, help), at the end or before the action of key `before`;
        `shortcut` as Qt writes it ("Ctrl+Z")."""
        action = QAction(text, self._window)
        if shortcut:
            action.setShortcut(QKeySequence(shortcut))
        action.setEnabled(enabled)
        action.triggered.connect(lambda: run())
        if before:
            self.menus[menu].insertAction(self.actions[before], action)
        else:
            self.menus[menu].addAction(action)
        self.actions[key] = action
        return action

    def add_line(self, menu: str) -> None:
        """A line between groups of actions."""
        self.menus[menu].addSeparator()

    def add_choice(
        self,
        menu: str,
        text: str,
        options: dict[str | None, str],
        chosen: str | None,
        pick: Callable[[str | None], object],
    ) -> None:
        """A submenu in which one option holds."""
        below = self.menus[menu].addMenu(text)
        group = QActionGroup(below)
        for value, name in options.items():
            action = below.addAction(name)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _on=False, value=value: pick(value))
            group.addAction(action)

    def palette_items(self, typed: str) -> Iterator[PaletteItem]:
        """All enabled actions, for Ctrl+K."""
        for key, action in self.actions.items():
            if action.isEnabled():
                text = action.text().replace("&", "").rstrip("…")
                keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
                yield PaletteItem(text, _("action"), action.trigger, keys=keys, also=other_words().get(key, ""))


def other_words() -> dict[str, str]:
    """Key of an action → words by which somebody may look for it that do not stand in its name."""
    return {"merge": _("bring together, take in, combine, join the work of students"),
            "package": _("package, hand out, give to a student, blind, backup"),
            "share": _("work at the same time, together, PostgreSQL, move, database"),
            "open_server": _("work at the same time, together, PostgreSQL, database"),
            "undo": _("take back, restore, go back"), "redo": _("again, once more"),
            "sample": _("example, demo, try"), "find": _("look up, find, command"),
            "larger": _("zoom in, bigger letters"), "smaller": _("zoom out, smaller letters"),
            "export_workbook": _("xlsx, spreadsheet, tables, export"), "export_codings": _("export, SPSS, R"),
            "export_audit": _("log, history, audit trail, export"), "export_archive": _("zip, backup, hand in, export"),
            "export_report": _("Word, docx, export"), "export_codebook": _("code list, export"),
            "export_transcript": _("Word, docx, print, export"), "keys": _("shortcuts, keyboard"),
            "help": _("manual, guide, explanation")}


def language_options() -> dict[str | None, str]:
    """The languages to choose from; None is the system's."""
    options: dict[str | None, str] = {None: _("As the system")}
    options.update(LANGUAGE_NAMES)
    return options


def theme_options() -> dict[str | None, str]:
    """The looks to choose from; None is the system's."""
    return {None: _("As the system"), "light": _("Light"), "dark": _("Dark")}
