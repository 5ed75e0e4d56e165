"""Words, phrases and patterns in all texts: the places in their context, or the narratieven that hold them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from codebook.query.algebra import Expression
from codebook.query.index import ANY
from codebook.searching import as_expression, joined
from corpora.errors import NarratiefError
from corpora.search import Hit
from corpora.store.project import Project
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import Operand, QuestionNames, documents, narratieven
from workbench.itemmodels.search_hits import by_document, by_form, marks_of, narrowed, outside
from workbench.itemmodels.search_work import Searched, has_pattern, look, look_apart, place_of, warm
from workbench.jobs import Job, jobs
from workbench.panels.questions_search_counts import CountList
from workbench.panels.questions_search_hits import HitList
from workbench.project import OpenProject
from workbench.shared.found import FoundList
from workbench.shared.operands import OperandField
from workbench.shared.textline import QuestionLine
from workbench.theme import theme

PAUSE = 350
PATIENCE = 400
"""Milliseconds after which a search that is still under way can be stopped by a button."""


class WordsField(QLineEdit):
    """The words to look for; `downPressed()` when ↓ leads to what was found."""

    downPressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.downPressed.emit()
        else:
            super().keyPressEvent(event)


class SearchPage(QWidget):
    """`openNarratief(id)`; `openText(document number)` for words that stand outside every narratief;
    `keepWanted(Expression)` when the search is to be kept as a question."""

    openNarratief = Signal(int)
    openText = Signal(int)
    keepWanted = Signal(object)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._searched = Searched("", ())
        self._where: Expression | None = None
        self._job: Job | None = None
        self._asked = ""
        self._outdated = self._is_warm = False
        self._within: Sequence[Hit] = ()
        self.words = WordsField()
        self.words.setPlaceholderText(_("Words in any form, \"a phrase\", or /a pattern/"))
        self.words.setAccessibleName(_("Words to search for"))
        self.words.setClearButtonEnabled(True)
        self.filter = QuestionLine(_("Only narratieven for which… (nothing: all)"))
        self.confine = OperandField(_("Within a code, document, group…"))
        self.stop, self.keep = QPushButton(_("Stop")), QPushButton(_("Keep as question…"))
        self.turn, self.line = QPushButton(_("Whole narratieven")), QLabel()
        self.hits, self.found = HitList(opened), FoundList(opened)
        self.forms, self.documents = CountList(_("Forms found")), CountList(_("Documents"))
        self._counts, self._views = QWidget(), QStackedWidget()
        self._pause, self._patience = QTimer(self), QTimer(self)
        self._arrange()
        self._connect()
        self._say_nothing()

    # building

    def _arrange(self) -> None:
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        outer.addLayout(_row(self.words, self.stop, stretched=self.words))
        self.confine.setFixedWidth(px(240))
        outer.addLayout(_row(self.filter, self.confine, stretched=self.filter))
        for button in (self.turn, self.keep):
            button.setProperty("role", "flat")
        self.turn.setCheckable(True)
        self.turn.setToolTip(_("Show the narratieven in full in place of the words around each place"))
        self.keep.setToolTip(_("Keep these words, with the condition, as a question under a deelvraag"))
        self.stop.setToolTip(_("Stop searching   Esc"))
        self.stop.hide()
        self.line.setWordWrap(True)
        outer.addLayout(_row(self.line, self.turn, self.keep, stretched=self.line))
        outer.addWidget(self._split(), 1)

    def _split(self) -> QSplitter:
        split, px = QSplitter(Qt.Orientation.Horizontal), theme().px
        column = QVBoxLayout(self._counts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.forms, 2)
        column.addWidget(self.documents, 3)
        self._views.addWidget(self.hits)
        self._views.addWidget(self.found)
        self.found.line.hide()
        split.setHandleWidth(px(12))
        split.addWidget(self._counts)
        split.addWidget(self._views)
        split.setStretchFactor(1, 1)
        split.setSizes([px(230), px(870)])
        split.setChildrenCollapsible(False)
        return split

    def _connect(self) -> None:
        for timer, pause, after in ((self._pause, PAUSE, self.search), (self._patience, PATIENCE, self.stop.show)):
            timer.setSingleShot(True)
            timer.setInterval(pause)
            timer.timeout.connect(after)
        self.words.textEdited.connect(lambda _text: self._pause.start())
        self.words.returnPressed.connect(self.search)
        self.words.downPressed.connect(self._go_down)
        self.filter.typed.connect(self._confine)
        self.confine.chosen.connect(self._add_condition)
        self.turn.toggled.connect(lambda on: self._views.setCurrentIndex(int(on)))
        self.stop.clicked.connect(self._give_up)
        self.stop.setShortcut("Esc")
        self.keep.clicked.connect(self._keep)
        for counts in (self.forms, self.documents):
            counts.picked.connect(self._show_chosen)
        self.found.openNarratief.connect(self.openNarratief)
        self.hits.openNarratief.connect(self.openNarratief)
        self.hits.openText.connect(self.openText)

    def _go_down(self) -> None:
        """From the words to what was found."""
        view = self.found.list if self._views.currentWidget() is self.found else self.hits.list
        if view.count():
            view.setFocus()

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        for part in (self.found, self.hits, self.confine):
            part.set_names(names)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_warm:
            self._is_warm = True
            jobs().run(warm, self._opened.project)

    # searching

    def search(self) -> None:
        """Look for the words; an earlier search that is still under way is let go."""
        self._pause.stop()
        self._outdated = False
        self._asked = self.words.text().strip()
        self._let_go()
        if not self._asked:
            self._searched = Searched("", ())
            self._say_nothing()
            return
        self.line.setText(_("Searching the texts…"))
        self._patience.start()
        self._begin(self._opened.project, self._asked)

    def _begin(self, project: Project, words: str) -> None:
        apart = has_pattern(words)
        work, place = (look_apart, place_of(project)) if apart else (look, project)
        self._job = jobs().run(work, place, words, process=apart, on_result=self._arrived,
                               on_error=lambda error: self._broken(words, error))

    def is_searching(self) -> bool:
        """Whether a search is under way."""
        return self._job is not None

    def forget_texts(self) -> None:
        """The texts are other ones: what was found in them counts no longer."""
        self._outdated = True

    def refresh(self) -> None:
        """Show what was found with the codes of now; search again when the texts have changed."""
        if self._asked and self._outdated:
            self.search()
        elif self._asked and self._job is None:
            self._show()

    def _let_go(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()

    def _end(self) -> None:
        self._job = None
        self._patience.stop()
        self.stop.hide()

    def _give_up(self) -> None:
        self._let_go()
        self._searched = Searched(self._asked, ())
        self._asked = ""
        self._show_hits([])
        self.line.setText(_("Stopped. Nothing was found yet; search for fewer or simpler words."))

    def _arrived(self, answer: Searched) -> None:
        if self._job is not None and answer.words == self._asked:
            self._end()
            self._searched = answer
            self._show()

    def _broken(self, words: str, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        if self._job is None or words != self._asked:
            return
        self._end()
        self._searched = Searched(self._asked, ())
        self._show_hits([])
        self.hits.list.set_empty_text("")
        self.line.setText(_(error.message))

    # within what

    def _confine(self, expression: Expression | None) -> None:
        self._where = expression
        if self._asked:
            self._show()

    def _add_condition(self, operand: Operand) -> None:
        wanted = joined([self._where, operand.node])
        self.filter.show_expression(wanted)
        self._confine(wanted)

    def _allowed(self) -> set[int] | None:
        """The narratieven of the condition; None when there is none, or it cannot be asked."""
        if self._where is None:
            return None
        try:
            found = self._asker.ask(self._where)
        except Waiting:
            return set()
        except NarratiefError as error:
            self.filter.show_error(error)
            return None
        self.filter.show_error(None)
        return set(found.ids.tolist())

    # showing

    def _say_nothing(self) -> None:
        self._show_hits([])
        self.line.setText("")
        self.hits.list.set_empty_text(_("Type a word to find it in every form: kantelen also finds gekanteld."))

    def _show(self) -> None:
        self._show_hits(narrowed(self._searched.hits, self._allowed()))

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        """Count what was found, and show it."""
        self._within = hits
        self._counts.setVisible(bool(hits))
        self.forms.offer(by_form(hits))
        self.documents.offer(by_document(hits))
        self.keep.setEnabled(bool(self._asked))
        for view in (self.hits.list, self.found.list):
            view.set_empty_text(_("No narratief has these words. Try fewer words, or another form."))
        self._show_chosen()

    def _show_chosen(self) -> None:
        form, document = self.forms.value(), self.documents.value()
        hits = narrowed(self._within, None, form if isinstance(form, str) else None,
                        document if isinstance(document, int) else None)
        marks = marks_of(hits)
        self.line.setText(self._told(hits, len(marks)))
        self.hits.show_hits(hits, self._opened.reading.catalogue.groups_of_documents)
        self.found.show_found("", list(marks), ANY, marks)
        self.found.reading_title = self._title()

    def _told(self, hits: Sequence[Hit], n: int) -> str:
        line = _("{hits} in {narratieven}, {documents}", hits=_hits(len(hits)), narratieven=narratieven(n),
                 documents=documents(len({hit.document_id for hit in hits})))
        if outside(hits):
            line = f"{line} · " + _("{hits} outside every narratief", hits=_hits(outside(hits)))
        if self._searched.cut:
            line = f"{line} · " + _("there are more: search for something rarer")
        return line

    def _title(self) -> str:
        where = self.filter.text().strip() if self._where is not None else ""
        return _("Search: {words}", words=f"{self._asked} · {where}" if where else self._asked)

    # keeping

    def _keep(self) -> None:
        try:
            self.keepWanted.emit(as_expression(self._asked, self._where))
        except NarratiefError as error:
            self._opened.failed.emit(error.message)


def _row(*widgets: QWidget, stretched: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme().px(8))
    for widget in widgets:
        row.addWidget(widget, int(widget is stretched))
    return row


def _hits(n: int) -> str:
    return _("1 hit") if n == 1 else _("{n} hits", n=n)
