"""Questions asked in place while deciding: why, which other code, how the definition should read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QListView, QPlainTextEdit, QPushButton, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.facet_values import PickerCode, PickerFacet, matches
from workbench.widgets.strips import ENTER, Strip


class WhyStrip(Strip):
    """Asks for a reason in one line: Enter keeps it, Esc leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[str], object] = lambda _text: None
        self.field = QLineEdit()
        self.field.installEventFilter(self)
        row = QHBoxLayout()
        row.addWidget(self.head)
        row.addWidget(self.field, 1)
        self.box.addLayout(row)

    def ask(self, head: str, text: str, answer: Callable[[str], object]) -> None:
        """Ask; `answer(text)` when Enter is pressed."""
        self._answer = answer
        self.head.setText(head)
        self.field.setAccessibleName(head)
        self.field.setText(text)
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                text = self.field.text().strip()
                self.close_strip()
                self._answer(text)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_strip()
                return True
        return super().eventFilter(watched, event)


class OtherCodeStrip(Strip):
    """Letters or a number find a code of the facet; ↑ ↓ choose, Enter takes it, Esc leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[int], object] = lambda _code: None
        self._facet = PickerFacet(0, "", ())
        self._found: list[PickerCode] = []
        self.field, self.list, self._words = QLineEdit(), QListView(), QStringListModel(self)
        self.list.setModel(self._words)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFixedHeight(theme().px(132))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._look)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.box.addWidget(self.field)
        self.box.addWidget(self.list)

    def ask(self, head: str, facet: PickerFacet, answer: Callable[[int], object]) -> None:
        """Ask for a code of a facet; `answer(code)` when one is taken."""
        self._answer, self._facet = answer, facet
        self.head.setText(head)
        self.field.setAccessibleName(head)
        self.field.clear()
        self._look("")
        self.show()
        self.field.setFocus()

    def _look(self, typed: str) -> None:
        codes = self._facet.codes
        self._found = [codes[c] for _f, c in matches((self._facet,), typed)] if typed.strip() else list(codes)
        self._words.setStringList([f"{code.number}  {code.label}" for code in self._found])
        if self._found:
            self.list.setCurrentIndex(self._words.index(0))

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            code = self._found[row]
            self.close_strip()
            self._answer(int(str(code.id)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in ENTER:
            self._take(self.list.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.close_strip()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = max(0, min(len(self._found) - 1, self.list.currentIndex().row() + step))
            self.list.setCurrentIndex(self._words.index(row))
        else:
            return False
        return True


FIELDS = ("definition", "use_when", "not_when", "example")


class SharpenStrip(Strip):
    """Definition, rules and anchor example of a code, to change on the spot: Ctrl+Enter keeps, Esc leaves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: Callable[[dict[str, str]], object] = lambda _values: None
        self._before: Mapping[str, str] = {}
        names = {"definition": _("Definition"), "use_when": _("Use when"), "not_when": _("Not when"),
                 "example": _("Example")}
        form = QFormLayout()
        self.fields = {name: QPlainTextEdit() for name in FIELDS}
        for name, field in self.fields.items():
            field.setTabChangesFocus(True)
            field.setFixedHeight(theme().px(48))
            field.setAccessibleName(names[name])
            field.installEventFilter(self)
            form.addRow(names[name], field)
        self.keep = QPushButton(_("Keep   Ctrl+Enter"))
        self.keep.setProperty("role", "primary")
        self.keep.clicked.connect(self._finish)
        self.box.addLayout(form)
        self.box.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)

    def ask(self, head: str, values: Mapping[str, str], answer: Callable[[dict[str, str]], object]) -> None:
        """Show the words of a code; `answer(what changed)` when they are kept."""
        self._answer, self._before = answer, values
        self.head.setText(head)
        for name, field in self.fields.items():
            field.setPlainText(values.get(name, ""))
        self.show()
        self.fields["definition"].setFocus()

    def _finish(self) -> None:
        changed = {name: field.toPlainText().strip() for name, field in self.fields.items()
                   if field.toPlainText().strip() != self._before.get(name, "").strip()}
        self.close_strip()
        if changed:
            self._answer(changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_strip()
                return True
            if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._finish()
                return True
        return super().eventFilter(watched, event)


def facet_of(facets: Sequence[PickerFacet], number: int) -> PickerFacet:
    """The facet with a number."""
    return next((facet for facet in facets if facet.id == number), PickerFacet(number, "", ()))
