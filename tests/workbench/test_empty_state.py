"""The empty state of a place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from workbench.widgets.empty_state import EmptyState


class Windows(QObject):
    """Counts what appears as a window."""

    seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.seen += event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        return False


def test_no_button_flashes_up_as_a_window_while_it_is_made(qtbot: QtBot) -> None:
    app, windows = QApplication.instance(), Windows()
    assert app is not None
    app.installEventFilter(windows)
    made = EmptyState("Nothing here yet.", "Begin", other="Read first")
    app.removeEventFilter(windows)
    qtbot.addWidget(made)
    assert windows.seen == 0
