"""Place 8, *Rapport*: the report as it stands now, every sentence open to its sources, with room for own words."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from codebook import report_texts
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Changed
from exports.paper import Own, Source, Table
from workbench.i18n import _
from workbench.itemmodels.report_made import Made, make, with_texts
from workbench.jobs import Job, jobs
from workbench.panels.report_outline import ReportOutline
from workbench.panels.report_page import ReportPage
from workbench.panels.report_sources import ReportSources
from workbench.panels.report_writing import ReportWriting
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState
from workbench.widgets.parts import key

PATIENCE = 400
"""Milliseconds without a change before the report is made anew."""


class ReportPanel(QWidget):
    """`openPlace(key)`, `openNarratief(id)` and `readWanted(ids, title)` are wishes that the window answers. The report
    is made in the background whenever the project changed and the place is in sight."""

    openPlace = Signal(str)
    openNarratief = Signal(int)
    readWanted = Signal(object, str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.made: Made | None = None
        self._stale, self._job = True, None
        self._wait = QTimer(self, singleShot=True, interval=PATIENCE)
        self.outline, self.page = ReportOutline(), ReportPage()
        self.sources, self.writing = ReportSources(opened), ReportWriting(opened)
        self._stack = QStackedWidget()
        self._empty = EmptyState(_("There is nothing to report on yet. First bring in transcripts."),
                                 _("To Material"), "report")
        self._arrange()
        self._connect()

    _job: Job | None

    def _arrange(self) -> None:
        px = theme().px
        outer, work = QVBoxLayout(self), QWidget()
        outer.setContentsMargins(px(16), px(10), px(16), px(10))
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(px(8))
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.outline, self.page, self.sources):
            self.parts.addWidget(widget)
        self.parts.setSizes([px(300), px(600), px(330)])
        self.parts.setStretchFactor(1, 2)
        self.parts.setStretchFactor(2, 1)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(px(12))
        inside.addWidget(self.writing)
        inside.addWidget(self.parts, 1)
        self._stack.addWidget(work)
        self._stack.addWidget(self._empty)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.outline)

    def _connect(self) -> None:
        self.opened.changed.connect(self._changed)
        self._wait.timeout.connect(self._make)
        self._empty.clicked.connect(lambda: self.openPlace.emit("material"))
        self.outline.chosen.connect(self._show)
        self.outline.writeWanted.connect(self.page.write)
        self.page.written.connect(self._write)
        self.page.sourceWanted.connect(self._show_sources)
        self.sources.openNarratief.connect(self.openNarratief)
        self.sources.readWanted.connect(self.readWanted)
        self.sources.sourceWanted.connect(self.show_source)
        self.writing.leaving.connect(self.page.leave)
        key(self, "Ctrl+Shift+R", self.writing.report.click)
        key(self, "F6", self._next_part)
        key(self, "Ctrl+F", self.outline.filter.setFocus)

    # keeping up with the project

    def _changed(self, changed: Changed) -> None:
        if changed.tables() <= {"report_text", "coder", "memo"} and self.made is not None:
            with self.opened.project.read() as session:
                self._take(with_texts(self.made, session))
            return
        self._stale = True
        if self.isVisible():
            self._wait.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._make()

    def hideEvent(self, event: QHideEvent) -> None:
        self.page.leave()
        super().hideEvent(event)

    def _make(self) -> None:
        """Make the report anew; a change that comes meanwhile makes it once more."""
        has_material = bool(self.opened.reading.catalogue.documents)
        self._stack.setCurrentIndex(0 if has_material else 1)
        if not has_material or self._job is not None:
            return
        self._stale = False
        self.writing.line.setText(_("Reading the project…"))
        self._job = jobs().run(make, self.opened.project, self.opened.coder, on_result=self._take,
                               on_error=self._failed)
        self._job.ended.connect(self._ended)

    def _ended(self) -> None:
        self._job = None
        if self._stale and self.isVisible():
            self._wait.start()

    def _take(self, made: Made) -> None:
        self.made = made
        empty = sum(isinstance(part, Own) and not part.body for part in made.paper.parts)
        self.writing.line.setText(_("{findings} findings · {quotes} quotes · {empty} places for own words still empty",
                                    findings=_many(made, ("pattern", "synthesis", "configuration")),
                                    quotes=_many(made, ("quote",)), empty=empty))
        line = self.outline.current()
        self.outline.show_made(made)
        now = self.outline.current()
        if now is not None and now == line:
            self._show(now.section, now.part)
        self.sources.refresh()

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self.writing.line.setText(_(error.message))

    # what is shown and done

    def _show(self, section: int, part: int) -> None:
        if self.page.section != section:
            self.page.leave()  # keeping what was typed makes another report of ours
        if self.made is None:
            return
        self.page.show_section(self.made, section, part)
        if part >= 0:
            self._show_sources(part, -1)

    def _show_sources(self, part: int, row: int) -> None:
        if self.made is None:
            return
        shown = self.made.paper.parts[part]
        source = shown.sources[row] if isinstance(shown, Table) and row >= 0 else getattr(shown, "source", None)
        if source is not None:
            self.sources.show_source(source)
        else:
            self.sources.show_key(getattr(shown, "key", ""))

    def show_source(self, source: Source) -> None:
        """Show what stands behind a claim, wherever it stands in the report."""
        self.sources.show_source(source)

    def _write(self, place: str, words: str) -> None:
        title = next((p.title for p in self.made.paper.parts if isinstance(p, Own) and p.place == place),
                     place) if self.made is not None else place
        self.opened.do(message("Write at «{place}» in the report", place=title), report_texts.write,
                       self.opened.coder_id, place, words)

    def _next_part(self) -> None:
        """On to the next of the three parts, and back to the first."""
        stops = [self.outline.tree, self.page.text, self.page.editor, self.sources.tree]
        there = [one for one in stops if one.isVisible()]
        at = next((n for n, one in enumerate(there) if one.hasFocus()), -1)
        there[(at + 1) % len(there)].setFocus()


def _many(made: Made, tables: tuple[str, ...]) -> int:
    return sum(source.about in tables for source in made.paper.sources())
