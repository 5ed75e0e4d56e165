"""What stands behind the card or configuration in hand, and how it was worded before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from codebook.cmo_views import ConfigurationView, EvidenceView, history, history_of
from codebook.models.realist import DIRECTIONS
from workbench.i18n import _
from workbench.itemmodels.cmo_rows import evidence_rows, history_rows
from workbench.panels.cmo_deeds import Deeds
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.places import HEAD, Place
from workbench.widgets.narrative_list import NarrativeList

SMALLER = -2.0
KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_Plus: 0, Qt.Key.Key_2: 1, Qt.Key.Key_Minus: 1, Qt.Key.Key_3: 2}


class _List(NarrativeList):
    """`turned(n)` for the digit of a direction, `removed()` for Del, `noted()` for /."""

    turned = Signal(int)
    removed = Signal()
    noted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS and self.count():
            self.turned.emit(KEYS[key])
        elif key == Qt.Key.Key_Delete and self.count():
            self.removed.emit()
        elif key == Qt.Key.Key_Slash and self.count():
            self.noted.emit()
        else:
            super().keyPressEvent(event)


class EvidenceSide(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`. Keys: 1 supports, 2 contradicts, 3 nuances · / note · Del takes it
    off · Enter opens the transcript."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._deeds = opened, deeds
        self._evidence: dict[int, EvidenceView] = {}
        self.title, self.list, self.note = QLabel(), _List(delta=SMALLER), QLineEdit()
        self.buttons: dict[str, QPushButton] = {}
        self.direction = Choice(_("What it does"))
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.title.setWordWrap(True)
        self.list.setAccessibleName(_("Evidence"))
        self.list.set_empty_text(_("Nothing stands behind it yet. Drag a narratief or quote onto it, or choose one in "
                                   "the tray and press C, M, R or O."))
        self.note.setPlaceholderText(_("Note at this evidence   /"))
        self.note.setAccessibleName(_("Note at this evidence"))
        self.list.turned.connect(lambda n: self._turn(DIRECTIONS[n]))
        self.list.removed.connect(self._remove)
        self.list.noted.connect(self.note.setFocus)
        self.list.activated.connect(self._open)
        self.list.currentChanged.connect(lambda _id: self._show_note())
        self.note.editingFinished.connect(self._annotate)
        self.setFocusProxy(self.list)
        self.direction.offer([(d, f"{words.SIGNS[d]} {words.direction_word(d)}") for d in DIRECTIONS])
        self.direction.setToolTip(_("What this evidence does: 1 supports, 2 contradicts, 3 nuances"))
        self.direction.picked.connect(lambda: self._turn(self.direction.value()))
        self._button("remove", _("Take off"), "Del", lambda _on=False: self._remove())
        self._button("read", _("Read"), "", lambda _on=False: self._read())

    def _button(self, key: str, text: str, keys: str, run: object) -> None:
        button = self.buttons[key] = QPushButton(text)
        button.setProperty("role", "flat")
        button.setToolTip(f"{text}   {keys}".strip())
        button.clicked.connect(run)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, theme().px(6), 0, 0)
        outer.setSpacing(theme().px(4))
        row.setSpacing(0)
        for widget in (self.direction, *self.buttons.values()):
            row.addWidget(widget)
        row.addStretch(1)
        outer.addWidget(self.title)
        outer.addLayout(row)
        outer.addWidget(self.list, 1)
        outer.addWidget(self.note)

    def show_place(self, place: Place | None, shown: ConfigurationView | None) -> None:
        """Show what stands behind a card, or behind a configuration and all its cards."""
        evidence: tuple[EvidenceView, ...] = ()
        name = _("Choose a card or a configuration on the board.")
        if place is not None and shown is not None:
            element = next((e for e in shown.elements if e.id == place.element), None)
            evidence = element.evidence if element is not None else shown.all_evidence
            name = f"{words.role_word(element.role)}: {element.text or _('still without words')}" if element else \
                _("{title}: the whole and all its cards", title=shown.title)
        self.title.setText(name)
        self._evidence = {one.id: one for one in evidence}
        with self._opened.project.read() as session:
            self.list.set_rows(evidence_rows(self._opened.reading, session, evidence), keep=True)
        for widget in (self.direction, *self.buttons.values(), self.note):
            widget.setEnabled(bool(evidence))
        self._show_note()

    def current(self) -> EvidenceView | None:
        """The evidence in hand."""
        number = self.list.current_id()
        return self._evidence.get(number) if isinstance(number, int) else None

    def _show_note(self) -> None:
        found = self.current()
        if found is not None:
            self.direction.choose(found.direction)
        if not self.note.hasFocus():
            self.note.setText(found.note if found is not None else "")

    def _turn(self, direction: str) -> None:
        found = self.current()
        if found is not None and found.direction != direction:
            self._deeds.turn(found.id, direction)

    def _remove(self) -> None:
        ids = [int(str(number)) for number in self.list.selected_ids()]
        if ids:
            self._deeds.let_go(ids)

    def _annotate(self) -> None:
        found, note = self.current(), self.note.text().strip()
        if found is not None and note != found.note:
            self._deeds.annotate(found.id, note)

    def _open(self, number: object) -> None:
        found = self._evidence.get(int(str(number)))
        if found is not None and not found.is_lost:
            self.openNarratief.emit(found.narratief_id)

    def _read(self) -> None:
        ids = list(dict.fromkeys(one.narratief_id for one in self._evidence.values() if not one.is_lost))
        if ids:
            self.readWanted.emit(ids, self.title.text())


class HistorySide(QWidget):
    """How the card or configuration in hand was worded before: who, when, why."""

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.list = NarrativeList(delta=SMALLER)
        self.list.setAccessibleName(_("Earlier wordings"))
        self.list.set_empty_text(_("It still stands as it was first written."))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme().px(6), 0, 0)
        outer.addWidget(self.list)
        self.setFocusProxy(self.list)

    def show_place(self, place: Place | None, shown: ConfigurationView | None) -> None:
        """Show the earlier wordings of a card, or of a configuration and all its cards."""
        with self._opened.project.read() as session:
            if place is None or shown is None:
                found = []
            elif place.column == HEAD or not place.element:
                found = history_of(session, shown)
            else:
                found = history(session, "configuration_element", place.element)
        self.list.set_rows(history_rows(found))
