"""What each coder gave in the difference in hand, what was decided, and the ways to decide it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from codebook.adjudicating import Difference
from workbench.i18n import _
from workbench.theme import theme

GIVEN, LACKING, YES, NO = "●", "–", "✓", "✗"


class VotesTable(QTableWidget):
    """A row per code, a column per coder; `codeChosen(code)` by a click on a row."""

    codeChosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("What each coder gave"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self._codes: list[int] = []
        self.cellClicked.connect(lambda row, _column: self.codeChosen.emit(self._codes[row]))

    def show_votes(self, one: Difference, coders: Mapping[int, str], labels: Mapping[int, str], in_hand: int) -> None:
        """Show a difference; `coders` are those who looked with their heads ("a  Noor"), in order of the keys."""
        self._codes = list(one.codes)
        with_votes = len(coders) > 2
        heads = [one.facet, *coders.values(), *([_("votes")] if with_votes else []), _("decided")]
        self.clear()
        self.setColumnCount(len(heads))
        self.setRowCount(len(self._codes))
        self.setHorizontalHeaderLabels(heads)
        for row, code in enumerate(self._codes):
            cells = [labels.get(code, ""), *(GIVEN if code in one.gave[who] else LACKING for who in coders)]
            if with_votes:
                cells.append(f"{one.votes(code)}/{len(one.gave)}")
            verdict = one.decided.get(code)
            cells.append("" if verdict is None else YES if verdict.yes else NO)
            self._write(row, cells, code in one.agreed, verdict.reason if verdict is not None else "")
            if code == in_hand:
                self.selectRow(row)
        self._size(len(heads))

    def _write(self, row: int, cells: Sequence[str], is_agreed: bool, reason: str) -> None:
        spoken = {GIVEN: _("given"), LACKING: _("not given"), YES: _("yes"), NO: _("no")}
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken.get(text, text))
            if column:
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            if not column:
                item.setToolTip(text)
            if is_agreed:
                item.setForeground(QColor(theme().tokens.quiet))
                item.setToolTip(_("{code}: all agree on this code", code=cells[0]))
            if reason and column == len(cells) - 1:
                item.setToolTip(reason)
            self.setItem(row, column, item)

    def _size(self, columns: int) -> None:
        head, metrics, px = self.horizontalHeader(), QFontMetrics(theme().ui_font(bold=True)), theme().px
        self.verticalHeader().setDefaultSectionSize(px(26))
        head.setMinimumSectionSize(px(24))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in range(1, columns):
            item = self.horizontalHeaderItem(column)
            words = item.text() if item is not None else ""
            self.setColumnWidth(column, min(px(96), metrics.horizontalAdvance(words) + px(12)))
        if columns:
            head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        rows = min(7, self.rowCount())
        self.setFixedHeight(head.sizeHint().height() + px(26) * rows + px(6))


class Ways(QWidget):
    """Buttons that say their keys, in rows; they take no focus, as keys decide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(6))
        self._shown: tuple[tuple[str, str], ...] = ()

    def offer(self, ways: Sequence[tuple[str, str, Callable[[], object]]]) -> None:
        """Offer (key, words, deed); three in a row."""
        shown = tuple((key, words) for key, words, _deed in ways)
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for n, (key, words, deed) in enumerate(ways):
            button = QPushButton(f"{words}   {key}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(_("{way}, key {key}", way=words, key=key))
            button.clicked.connect(lambda _on=False, deed=deed: deed())
            self._grid.addWidget(button, n // 3, n % 3)
