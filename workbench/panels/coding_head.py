"""The row above the text while coding: which document, how far it is, whose codings are in sight, the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from workbench.i18n import _
from workbench.icons import icon
from workbench.theme import theme


@dataclass(frozen=True)
class DocumentLine:
    """A document to choose: how many of its narratieven are complete; `mine` when it is assigned to the coder."""

    id: int
    title: str
    complete: int
    total: int
    done: bool = False
    mine: bool = False

    @property
    def text(self) -> str:
        """The line in words."""
        mine = f"   · {_('for you')}" if self.mine else ""
        return f"{'✓ ' if self.done else ''}{self.title}   {self.complete}/{self.total}{mine}"


class CodingHead(QFrame):
    """`documentChosen(id)`, `othersChosen(set of coder ids)`, `codebookWanted()`, `newCodeWanted()`."""

    documentChosen = Signal(int)
    othersChosen = Signal(object)
    codebookWanted = Signal()
    newCodeWanted = Signal()
    listWanted = Signal()

    def __init__(self, uses: QWidget, parent: QWidget | None = None) -> None:
        """`uses` stands behind where one is: what the narratief in hand stands behind."""
        super().__init__(parent)
        self.documents = _Documents()
        self.previous = _Arrow("previous", _("Previous document (Ctrl+Page Up)"))
        self.next = _Arrow("next", _("Next document (Ctrl+Page Down)"))
        self.where = QLabel()
        self.others, self.new_code, self.codebook = QPushButton(), QPushButton(), QPushButton(_("Codebook"))
        self._names: Mapping[int, str] = {}
        self._shown: set[int] = set()
        self._prepare(uses)

    def _prepare(self, uses: QWidget) -> None:
        px = theme().px
        box = QHBoxLayout(self)
        box.setContentsMargins(px(12), px(8), px(12), px(4))
        box.setSpacing(px(8))
        self.where.setProperty("role", "quiet")
        self.documents.setAccessibleName(_("Document"))
        self.documents.activated.connect(lambda at: self.documentChosen.emit(int(self.documents.itemData(at))))
        self.documents.opened.connect(self.listWanted)
        self.previous.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.others.clicked.connect(self._ask_others)
        self.new_code.setToolTip(_("Make a new code (F9)"))
        self.new_code.clicked.connect(self.newCodeWanted)
        self.codebook.setToolTip(_("Read and change the codebook (F2)"))
        self.codebook.clicked.connect(self.codebookWanted)
        for widget in (self.documents, self.previous, self.next, self.where, uses):
            box.addWidget(widget)
        box.addStretch(1)
        for button in (self.others, self.new_code, self.codebook):
            box.addWidget(button)
        self.offer("", "")

    def set_documents(self, lines: Sequence[DocumentLine], current: int | None) -> None:
        """The documents with their counts."""
        with QSignalBlocker(self.documents):
            self.documents.clear()
            for line in lines:
                self.documents.addItem(line.text, line.id)
            self.documents.setCurrentIndex(self.documents.findData(current))

    def choose(self, number: int) -> bool:
        """Show that another document is in hand; False when it is not in the list."""
        at = self.documents.findData(number)
        with QSignalBlocker(self.documents):
            self.documents.setCurrentIndex(at)
        return at >= 0

    def update_line(self, line: DocumentLine) -> None:
        """The count of one document changed."""
        at = self.documents.findData(line.id)
        if at >= 0 and self.documents.itemText(at) != line.text:
            self.documents.setItemText(at, line.text)

    def step(self, direction: int) -> None:
        """To the next or previous document."""
        at = self.documents.currentIndex() + direction
        if 0 <= at < self.documents.count():
            self.documentChosen.emit(int(self.documents.itemData(at)))

    def set_where(self, text: str) -> None:
        """Where in the document one is."""
        self.where.setText(text)

    def set_others(self, names: Mapping[int, str], shown: Iterable[int], hidden: bool = False) -> None:
        """The other coders, and those in sight; `hidden` when blind coding keeps them out of sight."""
        self._names, self._shown = names, set(shown) & set(names)
        text = _("Other coders") if not self._shown else _("Other coders: {n}", n=len(self._shown))
        self.others.setText(_("Others: when ready") if hidden else text)
        self.others.setToolTip(_("This project is coded blind: you see what others gave once you marked this document "
                                 "ready") if hidden else _("Show or hide what other coders gave (F7)"))
        self.others.setEnabled(bool(names))

    def toggle_others(self) -> None:
        """All other coders in sight, or none."""
        self.othersChosen.emit(set() if self._shown else set(self._names))

    def _ask_others(self) -> None:
        menu = QMenu(self)
        for number, name in self._names.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(number in self._shown)
            action.toggled.connect(lambda on, number=number: self._show(number, on))
        menu.popup(self.others.mapToGlobal(QPoint(0, self.others.height())))

    def _show(self, number: int, on: bool) -> None:
        self.othersChosen.emit(self._shown | {number} if on else self._shown - {number})

    def offer(self, typed: str, facet: str, known: bool = True) -> None:
        """What the button for a new code says: with the letters typed it names them, loudly when no code has them."""
        named = _("Make “{name}” in {facet}", name=typed if len(typed) < 24 else typed[:22] + "…", facet=facet)
        self.new_code.setText(named if typed else _("New code"))
        self.new_code.setProperty("role", "" if known else "primary")
        self.new_code.style().polish(self.new_code)


class _Documents(QComboBox):
    """The list of documents; `opened` before it drops down, so that its counts can be brought up to date."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(26)
        self.setMaxVisibleItems(24)

    def showPopup(self) -> None:
        self.opened.emit()
        super().showPopup()


class _Arrow(QToolButton):
    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._name = name
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme().changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setIcon(icon(self._name))
