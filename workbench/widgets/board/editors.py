"""Editing in place on the board: an element, a configuration, a link. No dialogs; Ctrl+Enter keeps, Esc leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from codebook.cmo_views import ConfigurationView, ElementView, frame
from codebook.models.realist import BASES, ELEMENT_ROLES, LINKS, STATUSES
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.board import words
from workbench.widgets.board.places import Place
from workbench.widgets.calm_combo import CalmComboBox
from workbench.widgets.parts import free_field

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Editor(QFrame):
    """`kept(place, changes, reason)` with what is another now, `left()` when it is put away. The reason is asked for
    in a line that comes when words that stood there are changed; not for those named in `unasked`."""

    kept = Signal(object, object, str)
    left = Signal()

    def __init__(self, place: Place, before: Mapping[str, object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place, self._before = place, dict(before)
        self.unasked: frozenset[str] = frozenset()
        self.why = QLineEdit()
        self.keep, self.leave = QPushButton(_("Keep")), QPushButton(_("Cancel"))
        self.setProperty("role", "card")
        self.box, self.form = QVBoxLayout(self), QFormLayout()
        self._prepare()

    def _prepare(self) -> None:
        px = theme().px
        self.box.setContentsMargins(px(8), px(8), px(8), px(8))
        self.box.setSpacing(px(4))
        self.form.setVerticalSpacing(px(4))
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.why.setPlaceholderText(_("Why reworded?"))
        self.why.setAccessibleName(_("Why reworded?"))
        self.why.hide()
        self.keep.setProperty("role", "primary")
        self.keep.setToolTip(_("Keep   Ctrl+Enter"))
        self.leave.setProperty("role", "flat")
        self.leave.setToolTip(_("Leave it as it was   Esc"))
        self.keep.clicked.connect(self.finish)
        self.leave.clicked.connect(self.left)
        self.box.addLayout(self.form)
        row = QHBoxLayout()
        self.box.addWidget(self.why)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        self.box.addLayout(row)

    def _add(self, name: str, widget: QWidget) -> None:
        widget.setAccessibleName(name)
        widget.installEventFilter(self)
        label = QLabel(name)
        label.setProperty("role", "quiet")
        label.setBuddy(widget)
        self.form.addRow(label, widget)

    def values(self) -> dict[str, object]:
        """What stands in the fields."""
        raise NotImplementedError

    def changes(self) -> dict[str, object]:
        """What is another than it was."""
        return {name: value for name, value in self.values().items() if value != self._before.get(name)}

    def ask_why(self) -> None:
        """Ask for the reason once words that stood there are other ones."""
        self.why.setVisible(any(isinstance(self._before.get(name), str) and bool(self._before.get(name))
                                for name in self.changes().keys() - self.unasked))

    def finish(self) -> None:
        """Keep what was changed."""
        self.kept.emit(self.place, self.changes(), self.why.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(watched, event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in ENTER and (held or isinstance(watched, QLineEdit)):
            self.finish()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # What the fields leave over must not work on the board below.
        self._key(self.why if self.why.hasFocus() else self, event)
        event.accept()


def writing(text: str, lines: int) -> QPlainTextEdit:
    """A field of some lines that Tab leaves."""
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + theme().px(16))
    return field


def choice(options: Sequence[tuple[object, str]], chosen: object) -> QComboBox:
    """One of a few."""
    field = CalmComboBox()
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(8)
    for value, name in options:
        field.addItem(name, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field


class ElementEditor(Editor):
    """An element: words, actor, how it is known, whether it helps or hinders, in which part it stands."""

    def __init__(self, place: Place, element: ElementView | None, actors: Sequence[str],
                 parent: QWidget | None = None) -> None:
        shown = element or ElementView(0, place.role, "", "", 0, BASES[0], None)
        before = {name: getattr(shown, name) for name in ("text", "actor", "basis", "valence", "role")}
        super().__init__(place, before, parent)
        self.text, self.actor = writing(shown.text, 3), CalmComboBox()
        free_field(self.actor)
        self.actor.addItems([shown.actor, *(a for a in actors if a != shown.actor)])
        self.actor.setMinimumContentsLength(8)
        self.basis = choice([(b, words.basis_word(b)) for b in BASES], shown.basis)
        self.valence = choice([(v, words.valence_word(v, shown.role)) for v in (0, 1, -1)], shown.valence)
        self.role = choice([(r, words.role_word(r)) for r in ELEMENT_ROLES], shown.role)
        self.text.setAccessibleName(words.role_word(shown.role))
        self.text.setPlaceholderText(words.role_question(shown.role))
        self.text.installEventFilter(self)
        self.box.insertWidget(0, self.text)
        self._add(_("Actor"), self.actor)
        self._add(_("Known"), self.basis)
        self._add(_("Works"), self.valence)
        self._add(_("Part"), self.role)
        if element is None:
            self.form.setRowVisible(self.role, False)
        self.text.textChanged.connect(self.ask_why)
        self.actor.currentTextChanged.connect(lambda _text: self.ask_why())
        self.why.installEventFilter(self)
        self.setFocusProxy(self.text)

    def values(self) -> dict[str, object]:
        return {"text": self.text.toPlainText().strip(), "actor": self.actor.currentText().strip(),
                "basis": self.basis.currentData(), "valence": self.valence.currentData(),
                "role": self.role.currentData()}


class ConfigurationEditor(Editor):
    """A configuration: title, restatement, intervention, status, note. `is_fresh` when it was made to be edited here,
    and goes again when it is left."""

    def __init__(self, place: Place, shown: ConfigurationView, is_fresh: bool = False,
                 parent: QWidget | None = None) -> None:
        names = ("title", "statement", "intervention", "status", "note")
        super().__init__(place, {name: getattr(shown, name) for name in names}, parent)
        self.is_fresh = is_fresh
        if shown.title == words.untitled():
            self.unasked = frozenset({"title", "status"})
        self.title = QLineEdit(shown.title)
        self.statement, self.note = writing(shown.statement, 3), writing(shown.note, 2)
        self.intervention = QLineEdit(shown.intervention)
        self.status = choice([(s, f"{words.STATUS_SIGNS[s]} {words.status_word(s)}") for s in STATUSES], shown.status)
        self.propose = QPushButton(_("Propose from the cards"))
        self.propose.setProperty("role", "link")
        self.propose.setToolTip(_("Puts the words of the cards in a sentence, to be put in your own words"))
        self.propose.clicked.connect(lambda: self.statement.setPlainText(_(frame(shown))))
        self.statement.setPlaceholderText(_("If … then … because …"))
        self._add(_("Title"), self.title)
        self._add(_("In own words"), self.statement)
        self.form.addRow("", self.propose)
        self._add(_("Intervention"), self.intervention)
        self._add(_("Status"), self.status)
        self._add(_("Note"), self.note)
        for field in (self.title.textChanged, self.statement.textChanged, self.intervention.textChanged):
            field.connect(lambda *_changed: self.ask_why())
        self.status.currentIndexChanged.connect(lambda _n: self.ask_why())
        self.why.installEventFilter(self)
        self.setFocusProxy(self.title)
        self.title.selectAll()

    def values(self) -> dict[str, object]:
        return {"title": " ".join(self.title.text().split()), "statement": self.statement.toPlainText().strip(),
                "intervention": self.intervention.text().strip(), "status": self.status.currentData(),
                "note": self.note.toPlainText().strip()}


class LinkEditor(Editor):
    """How a configuration stands to another: `kept` has the `kind` and the `target`."""

    def __init__(self, place: Place, others: Sequence[tuple[int, str]], parent: QWidget | None = None) -> None:
        super().__init__(place, {}, parent)
        self.kind = choice([(k, words.link_name(k)) for k in LINKS], LINKS[0])
        self.target = choice([(number, name) for number, name in others], None)
        self._add(_("This configuration"), self.kind)
        self._add(_("Other configuration"), self.target)
        self.keep.setText(_("Link"))
        self.setFocusProxy(self.kind)

    def values(self) -> dict[str, object]:
        return {"kind": self.kind.currentData(), "target": self.target.currentData()}
