"""Overeenstemming: how far coders agree, per facet and code, in words and in figures that open their narratieven."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from codebook import agreeing
from codebook.agreeing import Agreement
from codebook.reading import NAMES, Reading
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Changed, Project
from workbench.i18n import _
from workbench.itemmodels.agreement_lines import Cell, Line, code_heads, code_lines, facet_heads, facet_lines, figure
from workbench.itemmodels.coder_marks import shown_names
from workbench.itemmodels.question_names import QuestionNames, narratieven
from workbench.jobs import Job, jobs
from workbench.panels.agreement_bar import AgreementBar
from workbench.panels.agreement_table import AgreementTable
from workbench.project import OpenProject
from workbench.shared.choices import Choice
from workbench.shared.found import FoundList
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState

MEASURED = {"coding", "not_mentioned", "done", "narratief", "document", "own_boundary", "code", "facet", "coder",
            "setting", "text_version"}
"""Tables whose change may change a figure."""
REST = 400  # milliseconds without a change before figures are computed anew


class AgreementPage(QWidget):
    """`openNarratief(id)`, `readWanted(ids, title)`, `openPlace(key)`, `openTab(key)` are wishes for others."""

    openNarratief = Signal(int)
    readWanted = Signal(object, str)
    openPlace = Signal(str)
    openTab = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.found: Agreement | None = None
        self._where: str | None = None
        self._job: Job | None = None
        self._is_stale = self._has_old_names = True
        self._called: dict[str, str] = {}
        self.bar, self.pair = AgreementBar(), Choice(_("Which coders the figures per code compare"))
        self.meaning, self.looked, self.cutting = QLabel(), QLabel(), QLabel()
        self.left_out = QPushButton()
        self.facets = AgreementTable(_("Agreement per facet"), sortable=False)
        self.codes = AgreementTable(_("Agreement per code"))
        self.notes, self.more, self.list = QLabel(), QPushButton(), FoundList(opened)
        self.empty = EmptyState("", _("To Team"), "agreement")
        self._stack = QStackedWidget()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._arrange()
        self._connect()
        self._restyle()

    # building

    def _arrange(self) -> None:
        px, outer, body = theme().px, QVBoxLayout(self), QWidget()
        outer.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(px(12))
        split.addWidget(self._figures())
        split.addWidget(self.list)
        split.setSizes([px(830), px(310)])
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        column.addWidget(self.bar)
        column.addWidget(self._sentence())
        column.addWidget(split, 1)
        self._stack.addWidget(body)
        self._stack.addWidget(self.empty)
        outer.addWidget(self._stack)
        self.list.set_empty_text(_("Click a number to read its narratieven here."))
        self.setFocusProxy(self.codes)

    def _sentence(self) -> QFrame:
        card, px = QFrame(), theme().px
        card.setProperty("role", "card")
        box = QVBoxLayout(card)
        box.setContentsMargins(px(12), px(8), px(12), px(8))
        box.setSpacing(px(4))
        self.meaning.setWordWrap(True)
        row = QHBoxLayout()
        self.looked.setProperty("role", "quiet")
        self.left_out.setProperty("role", "link")
        row.addWidget(self.looked, 1)
        row.addWidget(self.left_out)
        box.addWidget(self.meaning)
        box.addLayout(row)
        return card

    def _figures(self) -> QWidget:
        made, px = QWidget(), theme().px
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for label in (self.cutting, self.notes):
            label.setWordWrap(label is self.notes)
            label.setProperty("role", "quiet")
        for label in (self.cutting, self.looked):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.more.setProperty("role", "link")
        self.more.setCheckable(True)
        self.notes.hide()
        row = QHBoxLayout()
        row.addWidget(self.cutting, 1)
        row.addWidget(self.more)
        row.addWidget(self.pair)
        column.addWidget(self.facets)
        column.addLayout(row)
        column.addWidget(self.codes, 1)
        column.addWidget(self.notes)
        return made

    def _connect(self) -> None:
        self._opened.changed.connect(self._changed)
        self._timer.timeout.connect(self.refresh)
        theme().changed.connect(self._restyle)
        self.bar.changed.connect(self.refresh)
        self.bar.export.clicked.connect(self._ask_file)
        self.pair.picked.connect(self._show_codes)
        self.more.toggled.connect(self.notes.setVisible)
        self.facets.cellOpened.connect(self._open)
        self.codes.cellOpened.connect(self._open)
        self.left_out.clicked.connect(self._open_left_out)
        self.list.openNarratief.connect(self.openNarratief)
        self.list.readWanted.connect(self.readWanted)
        self.empty.clicked.connect(self._leave)

    def _restyle(self) -> None:
        self.meaning.setFont(theme().ui_font(1))
        self.facets.setFixedHeight(self.facets.whole_height())

    # keeping up with the project

    def _read_names(self) -> None:
        reading = self._opened.reading
        with self._opened.project.read() as session:
            self.list.set_names(QuestionNames.read(session, reading.catalogue))
        self._has_old_names = False

    def _offer(self) -> None:
        reading = self._opened.reading
        active = agreeing.active_coders(reading)
        self._called = shown_names(self._opened)
        self.bar.offer([coder.name for coder in reading.catalogue.coders if coder.id in active],
                       [document.title for document in reading.catalogue.documents], self._called)

    def _shown(self, coder: str) -> str:
        """How a coder is called here: by name, or while coders are anonymous by a number."""
        return self._called.get(coder, coder)

    def _changed(self, changed: Changed) -> None:
        tables = changed.tables()
        self._has_old_names |= bool(tables & NAMES)
        self._is_stale |= bool(tables & MEASURED)
        if self.isVisible() and tables & (NAMES | MEASURED):
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def refresh(self) -> None:
        """Compute the figures anew, in the background."""
        self._is_stale = False
        if self._has_old_names:
            self._read_names()
        self._offer()
        if self._job is not None:
            self._job.cancel()
        error = self.bar.error()
        if error is not None:
            self.meaning.setText(_(error.message))
            return
        self._where = self.bar.condition()
        viewer = self._opened.reading.viewer
        job = jobs().run(_measure, self._opened.project, viewer, self.bar.coders.names(), self._where,
                         title=_("Comparing coders"))
        self._job = job
        job.finished.connect(lambda found: self._arrived(job, found))
        job.failed.connect(lambda error: self._failed(job, error))
        job.cancelled.connect(lambda: self._stopped(job))
        if self.found is None:
            self.meaning.setText(_("Comparing coders…"))

    def _arrived(self, job: Job, found: Agreement) -> None:
        if job is self._job:
            self._job, self.found = None, found
            self._stack.setCurrentIndex(0)
            self.setFocusProxy(self.codes)
            self._show()

    def _failed(self, job: Job, error: BaseException) -> None:
        if job is not self._job:
            return
        self._job = None
        if not isinstance(error, NarratiefError):
            raise error
        self.found = None
        if len(self.bar.coders.names()) != 1 and not self._where:
            self.empty.set_sentence(self._what_to_do())
            self._stack.setCurrentIndex(1)
            self.setFocusProxy(self.empty)
        else:
            self.meaning.setText(_(error.message))

    def _stopped(self, job: Job) -> None:
        if job is self._job:
            self._job, self._is_stale = None, True
            self.meaning.setText(_("Stopped. Choose coders, or come back here, to compare them again."))

    def _what_to_do(self) -> str:
        """What to do when there are no two coders to compare."""
        active = agreeing.active_coders(self._opened.reading)
        if not active:
            return _("Nobody has coded yet. Agreement needs two coders who code the same narratieven: divide the "
                     "documents under Team.")
        return _("One coder has coded so far. Let a second one code some of the same documents: divide them, hand out "
                 "a copy, and take it in again, under Team.")

    def _leave(self) -> None:
        self.openTab.emit("team")

    # showing

    def _show(self) -> None:
        found = self.found
        assert found is not None
        self.meaning.setText(_(found.meaning))
        looked = ", ".join(f"{self._shown(name)} {n}" for name, n in found.looked.items())
        self.looked.setText(_("Codes of {coders} · looked at: {looked} · compared: {n}", looked=looked,
                              coders=", ".join(map(self._shown, found.coders)), n=narratieven(found.n)))
        alone = found.total - found.n
        self.left_out.setText(_("{n} looked at by fewer than two", n=alone))
        self.left_out.setVisible(alone > 0)
        self.facets.fill(facet_heads(), facet_lines(found, self._codes_of))
        self.facets.setFixedHeight(self.facets.whole_height())
        self.cutting.setText(self._cutting_words(found))
        self.cutting.setToolTip(self.cutting.text())
        self.looked.setToolTip(self.looked.text())
        self.pair.offer([("", _("all {n} coders", n=len(found.coders))),
                         *((" – ".join(p.coders), " – ".join(map(self._shown, p.coders))) for p in found.pairs)])
        self.pair.setVisible(len(found.coders) > 2)
        self.notes.setText("\n".join(f"· {_(note)}" for note in found.notes))
        self.more.setText(_("{n} remarks", n=len(found.notes)))
        self._show_codes()

    def _cutting_words(self, found: Agreement) -> str:
        cut = found.segmentation.found
        if cut is None:
            return _("Segmentation: no document was cut by two coders themselves")
        return _("Segmentation, {n} documents: boundary similarity {b} (best 1), WindowDiff {w} (best 0), alpha {a}",
                 n=cut.texts, b=figure(cut.boundary_similarity), w=figure(cut.window_diff), a=figure(cut.alpha))

    def _codes_of(self, facet: str) -> tuple[int, ...]:
        return tuple(number for (of, _label), number in self._code_ids().items() if of == facet)

    def _code_ids(self) -> dict[tuple[str, str], int]:
        catalogue = self._opened.reading.catalogue
        facets = {facet.id: facet.label for facet in catalogue.facets}
        return {(facets[code.facet_id], code.label): code.id for code in catalogue.codes}

    def chosen_pair(self) -> tuple[str, str] | None:
        """The two coders whose codes are compared; None for all of more."""
        if self.found is None:
            return None
        return next((p.coders for p in self.found.pairs if " – ".join(p.coders) == self.pair.value()), None)

    def _show_codes(self) -> None:
        if self.found is not None:
            pair = self.chosen_pair()
            heads = code_heads([self._shown(coder) for coder in pair or self.found.coders])
            self.codes.fill(heads, code_lines(self.found, pair, self._code_ids()))

    # the narratieven behind a number

    def _open(self, line: Line, cell: Cell) -> None:
        assert self.found is not None
        of_codes = self.sender() is self.codes
        pair = self.chosen_pair() if of_codes else None
        coders = list(pair or self.found.coders)
        assert cell.behind is not None
        self._show_behind(line.name, coders, cell.behind, line.codes)

    def _open_left_out(self) -> None:
        if self.found is not None:
            self._show_behind("", list(self.found.coders), "alone", ())

    def _show_behind(self, name: str, coders: list[str], what: agreeing.Behind, codes: tuple[int, ...]) -> None:
        ids = agreeing.behind(self._opened.reading, coders, what, codes, self._where)
        words = {"both": _("given by both"), "only_a": _("given by {coder} only", coder=self._shown(coders[0])),
                 "only_b": _("given by {coder} only", coder=self._shown(coders[-1])), "neither": _("given by nobody"),
                 "units": _("given by anybody"), "apart": _("where coders differ"), "n": _("compared"),
                 "alone": _("looked at by fewer than two coders"), "missing": _("not looked at by all")}
        title = " · ".join(part for part in (name, words[what]) if part)
        line = _("{n} · codes of {coders}", n=narratieven(len(ids)), coders=", ".join(map(self._shown, coders)))
        whose = coders[0] if what == "only_a" else coders[-1] if what == "only_b" else "any"
        self.list.show_found(line, ids, whose, title=title)

    # Excel

    def _ask_file(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Write to Excel"),
                                                  self._opened.beside(f"{_('Agreement')}.xlsx"), "Excel (*.xlsx)")
        if path:
            self.export_to(Path(path if path.endswith(".xlsx") else f"{path}.xlsx"))

    def export_to(self, path: Path) -> None:
        """Write the figures to a workbook, in the background."""
        if self.found is not None:
            found = agreeing.called(self.found, self._called)
            jobs().run(_write, self._opened.project, found, path, title=_("Writing {file}", file=path.name),
                       on_result=self._written, on_error=self._not_written)

    def _written(self, path: Path) -> None:
        self._opened.message.emit(message("Written: {file}", file=path.name), False)

    def _not_written(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)


def _measure(progress: Any, project: Project, viewer: str | None, coders: list[str], where: str | None) -> Agreement:
    # A reading of its own, as that of the window may change meanwhile.
    return agreeing.agreement(Reading(project, viewer), coders, where, progress)


def _write(_progress: Any, project: Project, found: Agreement, path: Path) -> Path:
    from exports.excel import write_agreement
    from workbench.cli.projects import project_translator

    write_agreement(found, path, project_translator(project))
    return path
