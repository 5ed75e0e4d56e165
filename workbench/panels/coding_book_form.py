"""Everything about one code, to read and to change; each field is kept when one leaves it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QIntValidator, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from codebook.codes import DefinitionChange
from workbench.i18n import _
from workbench.panels.coding_book_cmo import KernelementField, RoleField
from workbench.panels.coding_book_values import COLOURS, CodeText
from workbench.panels.coding_values import changed_text
from workbench.theme import theme

LONG = ("definition", "use_when", "not_when", "example", "synonyms", "note")


class CodeForm(QScrollArea):
    """`edited(name, value)` when a field was left with another value than it had."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: CodeText | None = None
        self._page = QWidget()
        self.label, self.groups = QLineEdit(), QLineEdit()
        self.number = NumberField()
        self.texts = {name: QPlainTextEdit() for name in LONG}
        self.uncertain = QCheckBox(_("The instrument is in doubt about this code"))
        self.colours = ColourRow()
        self.role, self.kernelementen = RoleField(), KernelementField()
        self.near, self.history = QLabel(), QLabel()
        self._prepare()

    def _prepare(self) -> None:
        self._page.setObjectName("page")
        self.setWidgetResizable(True)
        self.setWidget(self._page)
        outer = QVBoxLayout(self._page)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(theme().px(8))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        outer.addWidget(self.history)
        outer.addLayout(self._form)
        outer.addStretch(1)
        self.number.setFixedWidth(theme().px(72))
        for note in (self.near, self.history):
            note.setWordWrap(True)
            note.setProperty("role", "danger")
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.hide()
        self._add_rows()
        self.label.editingFinished.connect(lambda: self._leave("label", self.label.text().strip()))
        self.groups.editingFinished.connect(lambda: self._leave("groups", self.groups.text().strip()))
        self.number.editingFinished.connect(lambda: self._leave("number", self.number.value()))
        self.uncertain.clicked.connect(lambda on: self._leave("certain", not on))
        self.colours.picked.connect(lambda colour: self._leave("color", colour))
        self.role.picked.connect(lambda role: self._leave("cmo_role", role))
        self.kernelementen.picked.connect(lambda labels: self._leave("kernelementen", labels))

    def _add_rows(self) -> None:
        heights = {"definition": 84, "note": 56}
        names = {
            "label": _("Name"), "number": _("Number"), "definition": _("Definition"), "use_when": _("Use when"),
            "not_when": _("Not when"), "example": _("Example"), "synonyms": _("Synonyms, one a line"),
            "groups": _("Groups, with | between"), "color": _("Colour"), "note": _("Note"),
        }
        self._add(names["label"], self.label)
        self._form.addRow("", self.near)
        self._add(names["number"], self.number)
        for name in LONG[:-1]:
            self._add_text(name, names[name], heights.get(name, 56))
        self._add(names["groups"], self.groups)
        self._add(_("Role in CMO"), self.role)
        self._add(_("Code of kernelement"), self.kernelementen)
        self._add(names["color"], self.colours)
        self._form.addRow("", self.uncertain)
        self._add_text("note", names["note"], heights["note"])

    def _add(self, name: str, widget: QWidget) -> None:
        widget.setAccessibleName(name)
        label = QLabel(name)
        label.setBuddy(widget)
        self._form.addRow(label, widget)

    def _add_text(self, key: str, name: str, height: int) -> None:
        field = self.texts[key]
        field.setTabChangesFocus(True)
        field.setFixedHeight(theme().px(height))
        field.installEventFilter(self)
        self._add(name, field)

    def show_code(self, code: CodeText | None, changes: Sequence[DefinitionChange] = (),
                  near: Sequence[str] = ()) -> None:
        """Show a code; None empties the form. A field in which somebody types is left alone."""
        self._shown = code
        self._page.setEnabled(code is not None)
        shown = code or CodeText("", 0, "", "", "", "", "", "", "", True, "")
        for field, text in ((self.label, shown.label), (self.groups, shown.groups)):
            if field.text() != text:
                field.setText(text)
        self.number.setValue(shown.number)
        for name, field_of in self.texts.items():
            if not field_of.hasFocus() and field_of.toPlainText() != getattr(shown, name):
                field_of.setPlainText(getattr(shown, name))
        self.uncertain.setChecked(not shown.certain)
        self.role.show_role(shown.cmo_role)
        self.kernelementen.show_labels(shown.kernelementen, shown.offered)
        self.colours.show_colour(shown.color)
        self._show_notes(changes, near)

    def _show_notes(self, changes: Sequence[DefinitionChange], near: Sequence[str]) -> None:
        told = [f"{changed_text(c)} {_('It was: “{old}”', old=c.old or '–')}" for c in changes[-3:]]
        self.history.setText("\n".join(told))
        self.history.setVisible(bool(told))
        self.near.setText(_("Looks like {codes}.", codes=", ".join(near)))
        self.near.setVisible(bool(near))

    def keep(self) -> None:
        """Keep what stands in the fields now, as when another code is chosen."""
        # All is read before anything is kept: each change shows the code anew.
        found: dict[str, object] = {"label": self.label.text().strip(), "groups": self.groups.text().strip(),
                                    "number": self.number.value()}
        found |= {name: field.toPlainText() for name, field in self.texts.items()}
        for name, value in found.items():
            self._leave(name, value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            for name, field in self.texts.items():
                if field is watched:
                    self._leave(name, field.toPlainText())
        return super().eventFilter(watched, event)

    def _leave(self, name: str, value: object) -> None:
        before = getattr(self._shown, name) if self._shown is not None else value
        if value != before:
            self.edited.emit(name, value)


class NumberField(QLineEdit):
    """A code's number, 0 for none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setValidator(QIntValidator(0, 9999, self))

    def value(self) -> int:
        """The number typed."""
        return int(self.text() or 0)

    def setValue(self, number: int) -> None:
        """Show a number."""
        self.setText(str(number) if number else "")


class ColourRow(QWidget):
    """Colours to choose from. `picked(colour)`; empty is the facet's own."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme().px(4))
        self.buttons = {colour: _Swatch(colour) for colour in COLOURS}
        for n, (colour, button) in enumerate(self.buttons.items()):
            self._group.addButton(button)
            tip = _("Colour {n}", n=n) if colour else _("The facet’s own colour")
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _on=False, colour=colour: self.picked.emit(colour))
            box.addWidget(button)
        box.addStretch(1)

    def show_colour(self, colour: str) -> None:
        """Press the button of this colour."""
        self.buttons.get(colour, self.buttons[""]).setChecked(True)


class _Swatch(QToolButton):
    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setCheckable(True)
        self.setFixedSize(theme().px(26), theme().px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), theme().tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = tokens.text if self.isChecked() else tokens.focus if self.hasFocus() else tokens.line
        painter.setPen(QPen(QColor(ring), 2.5 if self.isChecked() else 1.5 + self.hasFocus()))
        painter.setBrush(QColor(self._colour) if self._colour else QColor(tokens.surface))
        painter.drawEllipse(self.rect().adjusted(3, 3, -3, -3))
        if not self._colour:
            painter.drawLine(self.rect().center().x() - 4, self.rect().center().y(), self.rect().center().x() + 4,
                             self.rect().center().y())
