"""What came of a round: per facet and code how far it is the key, and every difference with both definitions."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from codebook import asking, practice, practice_scores
from codebook.analysis.practice import CodeScore, Difference
from codebook.models import PracticeRound
from codebook.practice import SetRow
from codebook.practice_scores import Compared, said_of
from workbench.i18n import _
from workbench.itemmodels.codebook_values import CodebookValues, read_codebook
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.facet_values import PickerCode
from workbench.widgets.parts import button, heading, quiet


def percent(share: float | None) -> str:
    """A share as a whole percentage, a dash when there is none."""
    return "–" if share is None else f"{int(100 * share + 0.5)} %"


def coefficient(value: float | None) -> str:
    """A coefficient in two decimals."""
    return "–" if value is None else QLocale().toString(value, "f", 2)


class ResultPage(QWidget):
    """`againWanted(SetRow)` for another round, `openNarratief(id)`, `left()`."""

    againWanted = Signal(object)
    openNarratief = Signal(int)
    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.found: Compared | None = None
        self._set: SetRow | None = None
        self.book = CodebookValues()
        self._places: dict[int, str] = {}
        self.title, self.said = heading(""), quiet()
        self.facets, self.codes = _table(_("Score per facet")), _table(_("Score per code"))
        self.list, self.detail = QListWidget(), QTextBrowser()
        self.again = button(_("Another round"), self._again, role="primary")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, top, split = theme().px, QVBoxLayout(self), QHBoxLayout(), QSplitter(Qt.Orientation.Horizontal)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        for widget, stretch in ((self.title, 0), (self.said, 1), (self.again, 0),
                                (button(_("Back"), self.left.emit, "Esc", "link"), 0)):
            top.addWidget(widget, stretch)
        top.setSpacing(px(12))
        left, right = QWidget(), QSplitter(Qt.Orientation.Vertical)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.facets)
        column.addWidget(self.codes, 1)
        self.list.setAccessibleName(_("Differences with the key"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail.setAccessibleName(_("The difference in hand"))
        self.detail.setOpenLinks(False)
        right.addWidget(self.list)
        right.addWidget(self.detail)
        right.setSizes([px(190), px(330)])
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([px(600), px(540)])
        split.setHandleWidth(px(12))
        box.addLayout(top)
        box.addWidget(split, 1)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_difference)
        self.list.itemActivated.connect(lambda _item: self._open())

    # what is shown

    def show_round(self, round_id: int) -> bool:
        """Show a finished round; False when it is gone or goes on."""
        with self._opened.project.read() as session:
            one = session.get(PracticeRound, round_id)
            if one is None or one.ended_at is None:
                return False
            self.found = practice_scores.compared(session, round_id)
            self._set = next(s for s in practice.sets(session) if s.id == one.set_id)
            self.book = read_codebook(session)
        self._places = {p.narratief_id: f"{p.document} · {p.nr}" for p in self._opened.reading.places(
            [n for n in practice_items(self.found)])}
        self._fill(self.found, self._set)
        return True

    def refresh(self) -> bool:
        """Read the round again; False when it is gone."""
        return self.found is not None and self.show_round(self.found.round.id)

    def _fill(self, found: Compared, chosen: SetRow) -> None:
        score, one = found.score, found.round
        self.title.setText(_("{name} · round {n}", name=chosen.name, n=one.nr))
        key = chosen.key or _("the decided set")
        self.said.setText(_("{coder}: {exact} of {n} narratieven exactly as {key} ({percent}); alpha {alpha} over all "
                            "codes.", coder=one.coder, exact=score.exact, n=score.n, key=key,
                            percent=percent(score.share), alpha=coefficient(score.alpha)))
        self.again.setVisible(one.coder_id == self._opened.coder_id)
        _show(self.facets, [_("Facet"), _("Exact"), _("Share"), _("Alpha")], [
            [self.book.names[f.facet], _("{n} of {total}", n=f.exact, total=f.n), percent(f.share),
             coefficient(f.alpha)] for f in score.facets])
        self.facets.setFixedHeight(theme().px(34 + 30 * len(score.facets)))
        used = [c for c in score.codes if c.wanted or c.given]
        _show(self.codes, [_("Code"), _("Key"), _("You") if self.again.isVisibleTo(self) else one.coder, _("Both"),
                           _("Precision"), _("Recall"), _("Alpha")], [self._code_line(c) for c in used])
        for column, tip in ((4, _("Of what was given, the share that the key has too")),
                            (5, _("Of what the key has, the share that was given"))):
            head = self.codes.horizontalHeaderItem(column)
            if head is not None:
                head.setToolTip(tip)
        self.list.clear()
        self.list.addItems([self._line(d) for d in score.differences])
        self.list.setCurrentRow(0 if score.differences else -1)
        if not score.differences:
            self.detail.setPlainText(_("No differences: every narratief is exactly as the key."))

    def _code_line(self, c: CodeScore) -> list[str]:
        code = self.book.codes[c.code]
        return [f"{self.book.facet_name(c.code)} · {code.label}", str(c.wanted), str(c.given), str(c.both),
                percent(c.precision), percent(c.recall), coefficient(c.alpha)]

    def _line(self, d: Difference) -> str:
        parts = [_("missed {codes}", codes=self._labels(d.missed))] if d.missed else []
        parts += [_("too many {codes}", codes=self._labels(d.extra))] if d.extra else []
        return f"{self._places.get(d.narratief, '–')}   {self.book.names[d.facet]}   {'; '.join(parts)}"

    def _labels(self, codes: tuple[int, ...]) -> str:
        return ", ".join(self.book.codes[c].label for c in codes)

    def difference(self) -> Difference | None:
        """The difference in hand."""
        at = self.list.currentRow()
        return self.found.score.differences[at] if self.found is not None and at >= 0 else None

    def _show_difference(self, _row: int) -> None:
        d = self.difference()
        if d is None or self.found is None:
            return
        text = asking.texts_of(self._opened.reading, [d.narratief]).get(d.narratief, "")
        key, own = (self._said(d, side) for side in (self.found.key, self.found.answer))
        quiet_ink, face = theme().tokens.quiet, theme().reading_font()
        parts = [f'<p style="font-family:\'{face.family()}\'; font-size:{face.pointSizeF():.1f}pt">'
                 f'{escape(text)}</p>',
                 f'<p><b>{escape(self.book.names[d.facet])}</b> &nbsp; {escape(_("key:"))} <b>{escape(key)}</b>'
                 f' &nbsp; {escape(_("answer:"))} <b>{escape(own)}</b></p>']
        for mark, codes in ((_("missed"), d.missed), (_("too many"), d.extra)):
            parts += [_explained(mark, self.book.codes[c], quiet_ink) for c in codes]
        self.detail.setHtml("".join(parts))

    def _said(self, d: Difference, side: practice.Answers) -> str:
        said = said_of(side, d.narratief)
        own = [c for c in self.book.order(said.codes) if self.book.facet_of[c] == d.facet]
        if own:
            return self._labels(tuple(own))
        return _("not mentioned") if d.facet in said.absent else _("nothing")

    # deeds

    def _again(self) -> None:
        if self._set is not None:
            self.againWanted.emit(self._set)

    def _open(self) -> None:
        d = self.difference()
        if d is not None:
            self.openNarratief.emit(d.narratief)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def practice_items(found: Compared) -> list[int]:
    """The narratieven that a round differs on."""
    return list(dict.fromkeys(d.narratief for d in found.score.differences))


def _explained(mark: str, code: PickerCode, quiet_ink: str) -> str:
    """A code with its definition, rules and anchor example."""
    lines = [f'<span style="color:{quiet_ink}">{escape(mark)}:</span> <b>{escape(code.label)}</b> '
             f'{escape(code.definition or _("No definition yet."))}']
    named = ((_("Use when"), code.use_when), (_("Not when"), code.use_not), (_("Example"), code.example))
    lines += [f'<span style="color:{quiet_ink}">{escape(name)}:</span> {escape(text)}' for name, text in named if text]
    return f'<p style="margin-bottom:6px">{"<br>".join(lines)}</p>'


def _table(name: str) -> QTableWidget:
    made = QTableWidget()
    made.setAccessibleName(name)
    made.setShowGrid(False)
    made.setWordWrap(False)
    made.setAlternatingRowColors(True)
    made.setTabKeyNavigation(False)
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    made.verticalHeader().hide()
    made.verticalHeader().setDefaultSectionSize(theme().px(28))
    made.horizontalHeader().setHighlightSections(False)
    return made


def _show(table: QTableWidget, heads: list[str], rows: list[list[str]]) -> None:
    table.setColumnCount(len(heads))
    table.setRowCount(len(rows))
    for column, head in enumerate(heads):
        item = QTableWidgetItem(head)
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        table.setHorizontalHeaderItem(column, item)
        for row, values in enumerate(rows):
            cell = QTableWidgetItem(values[column])
            cell.setToolTip(values[column])
            cell.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(row, column, cell)
    for column in range(len(heads)):
        mode = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
        table.horizontalHeader().setSectionResizeMode(column, mode)


