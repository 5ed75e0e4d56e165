"""Small questions asked in place, below the text, never in a dialog: a reason, a memo, a new code, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.strips import ENTER, MemoStrip, ReasonStrip, Strip


@dataclass(frozen=True)
class NewCode:
    """A code to be: its name, its facet, and the words of the text that it comes from."""

    label: str
    facet_id: int
    words: tuple[int, int] | None = None


class NewCodeStrip(Strip):
    """Asks name and facet of a new code, and warns of codes with nearly the same name. `wanted(NewCode)`."""

    wanted = Signal(object)

    def __init__(self, near: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near = near
        self._words: tuple[int, int] | None = None
        self.field, self.facet = QLineEdit(), QComboBox()
        self.warning = QLabel()
        self.warning.setProperty("role", "danger")
        self.warning.setWordWrap(True)
        self.make = QPushButton(_("Make and give"))
        self.make.setToolTip(_("Make the code and give it to this narratief (Enter)"))
        self.make.clicked.connect(self._finish)
        self.field.setAccessibleName(_("Name of the new code"))
        self.facet.setAccessibleName(_("Facet of the new code"))
        self.field.textChanged.connect(self._warn)
        row = QHBoxLayout()
        for widget, share in ((self.field, 1), (self.facet, 0), (self.make, 0)):
            row.addWidget(widget, share)
            widget.installEventFilter(self)
        self.box.addLayout(row)
        self.box.addWidget(self.warning)

    def ask(self, head: str, label: str, facets: Sequence[tuple[int, str]], facet_id: int,
            words: tuple[int, int] | None = None) -> None:
        """Ask with a name and a facet to begin with."""
        self._words = words
        self.head.setText(head)
        with QSignalBlocker(self.facet):
            self.facet.clear()
            for number, name in facets:
                self.facet.addItem(name, number)
        self.facet.setCurrentIndex(max(0, self.facet.findData(facet_id)))
        self.field.setText(label)
        self._warn()
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def _warn(self) -> None:
        near = self._near(self.field.text())
        self.warning.setText(_("Looks like {codes}. Still a new code?", codes=", ".join(near)) if near else "")
        self.warning.setVisible(bool(near))

    def _finish(self) -> None:
        if self.field.text().strip() and self.facet.currentData() is not None:
            made = NewCode(self.field.text().strip(), int(self.facet.currentData()), self._words)
            self.close_strip()
            self.wanted.emit(made)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_strip()
                return True
            if event.key() in ENTER:
                self._finish()
                return True
        return super().eventFilter(watched, event)


class MissingStrip(Strip):
    """What is still open before a document is done: a list that goes there. `chosen(narratief)`, `overruled()`."""

    chosen = Signal(int)
    overruled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(_("What is missing"))
        self.list.setMaximumHeight(theme().px(132))
        self.list.itemClicked.connect(self._go)
        self.list.installEventFilter(self)
        self.anyway = QPushButton(_("Ready all the same"))
        self.anyway.setToolTip(_("Mark the document as ready although codes are missing"))
        self.anyway.clicked.connect(self._overrule)
        row = QHBoxLayout()
        row.addWidget(self.list, 1)
        row.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignBottom)
        self.box.addLayout(row)

    def ask(self, head: str, lines: Sequence[tuple[int, str]]) -> None:
        """List what is open, as (narratief, line)."""
        self.head.setText(head)
        self.list.clear()
        for number, line in lines:
            item = QListWidgetItem(line)
            item.setData(Qt.ItemDataRole.UserRole, number)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.show()
        self.list.setFocus()

    def _go(self, item: QListWidgetItem) -> None:
        number = int(item.data(Qt.ItemDataRole.UserRole))
        self.close_strip()
        self.chosen.emit(number)

    def _overrule(self) -> None:
        self.close_strip()
        self.overruled.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            item = self.list.currentItem()
            if event.key() in ENTER and item is not None:
                self._go(item)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_strip()
                return True
        return super().eventFilter(watched, event)


class NoticeStrip(Strip):
    """A state that holds until it is ended, such as *choose the code in its place*; with one button to stop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stop = QPushButton(_("Stop"))
        self.stop.setToolTip(_("Stop (Esc)"))
        self.stop.clicked.connect(self.close_strip)
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self.stop)
        self.box.addLayout(row)

    def say(self, text: str) -> None:
        """Show the state."""
        self.head.setText(text)
        self.show()


class StripStack(QWidget):
    """The strips on one place; at most one is in sight. `closed` when none is any more."""

    closed = Signal()

    def __init__(self, near: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason, self.memo, self.missing = ReasonStrip(), MemoStrip(), MissingStrip()
        self.new_code, self.notice = NewCodeStrip(near), NoticeStrip()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for strip in self._all():
            strip.hide()
            box.addWidget(strip)
            strip.closed.connect(self.closed)

    def _all(self) -> tuple[Strip, ...]:
        return self.reason, self.memo, self.missing, self.new_code, self.notice

    def only(self, wanted: Strip | None) -> None:
        """Put away all strips but one; a memo under way is kept."""
        if wanted is not self.memo:
            self.memo.put_away()
        for strip in self._all():
            if strip is not wanted:
                strip.hide()
