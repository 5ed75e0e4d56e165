"""A question as text: a line to type in, and below it what is wrong and where."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from codebook.query.algebra import Expression
from codebook.query.text import parse, to_text
from corpora.errors import NarratiefError, QueryError
from workbench.i18n import _
from workbench.itemmodels.question_names import in_words
from workbench.theme import theme


class _Pointer(QWidget):
    """A small mark below a place in the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x = -1

    def point_at(self, x: int) -> None:
        """Stand at `x`; −1 hides the mark."""
        self._x = x
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(10, theme().px(7))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._x < 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme().tokens.danger))
        painter.setPen(QColor(theme().tokens.danger))
        x, side = float(self._x), float(self.height() - 2)
        painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x - side * 0.7, side), QPointF(x + side * 0.7, side)]))


class QuestionLine(QWidget):
    """`typed(Expression or None)` when the text reads as a question, or is empty; `broken()` when it does not read.
    `show_expression` writes one; `show_error` tells what is wrong with the names in it."""

    typed = Signal(object)
    broken = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder or _("Or type: positief and (burger or \"eigen kracht\")"))
        self.edit.setAccessibleName(_("The question as text"))
        self.edit.setClearButtonEnabled(True)
        self._pointer = _Pointer()
        self._pointer.setFixedHeight(theme().px(7))
        self._error = QLabel()
        self._error.setProperty("role", "danger")
        self._error.setWordWrap(True)
        self.column = 0
        self._fixes = QHBoxLayout()
        self._fixes.setSpacing(theme().px(8))
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self._pointer)
        below.addWidget(self._error)
        below.addLayout(self._fixes)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(self.edit)
        outer.addLayout(row)
        outer.addLayout(below)
        self.edit.textEdited.connect(self._read)
        self.show_error(None)

    def text(self) -> str:
        """What stands in the line."""
        return self.edit.text()

    def error(self) -> str:
        """What is wrong, in words; empty when nothing is."""
        return self._error.text()

    def show_expression(self, expression: Expression | None) -> None:
        """Write an expression."""
        self.edit.setText("" if expression is None else in_words(to_text(expression)))
        self.edit.setCursorPosition(0)
        self.show_error(None)

    def show_error(self, error: NarratiefError | None) -> None:
        """Tell what is wrong, with a mark at its column; None: nothing is."""
        self._error.setText("" if error is None else _(error.message))
        self._error.setVisible(error is not None)
        self.column = error.column if isinstance(error, QueryError) else 0
        self._pointer.setVisible(error is not None)
        self._pointer.point_at(self._x_of(self.column) if self.column else -1)
        self._offer_fixes(error if isinstance(error, QueryError) else None)

    def fixes(self) -> list[QPushButton]:
        """The buttons that put another name where the wrong one stands."""
        items = (self._fixes.itemAt(n) for n in range(self._fixes.count()))
        return [button for item in items if item is not None and isinstance(button := item.widget(), QPushButton)]

    def _offer_fixes(self, error: QueryError | None) -> None:
        while (item := self._fixes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if error is None or not error.instead:
            return
        for name in error.instead:
            button = QPushButton(name)
            button.setProperty("role", "link")
            button.setToolTip(_("Put {name} in its place", name=name))
            button.clicked.connect(lambda _on=False, n=name: self._replace(error.column - 1, error.end - 1, n))
            self._fixes.addWidget(button)
        self._fixes.addStretch(1)

    def _replace(self, start: int, end: int, name: str) -> None:
        text = self.edit.text()
        self.edit.setFocus()
        self.edit.setText(text[:start] + name + text[end:])
        self._read(self.edit.text())

    def _x_of(self, column: int) -> int:
        """Where a column stands, found from the text cursor, so that a long line that is scrolled counts too."""
        here = self.edit.cursorPosition()
        metrics, text = self.edit.fontMetrics(), self.edit.text()
        cursor: QRect = self.edit.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        moved = metrics.horizontalAdvance(text[:column - 1]) - metrics.horizontalAdvance(text[:here])
        wanted = cursor.center().x() + moved + metrics.averageCharWidth() // 2
        return max(theme().px(6), min(self.edit.width() - theme().px(6), wanted))

    def _read(self, text: str) -> None:
        if not text.strip():
            self.show_error(None)
            self.typed.emit(None)
            return
        try:
            expression = parse(text)
        except QueryError as error:
            self.show_error(error)
            self.broken.emit()
            return
        self.show_error(None)
        self.typed.emit(expression)
