"""Words, phrases and patterns in all texts; the narratieven that hold them, with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from codebook.query.algebra import Expression
from codebook.query.index import ANY
from corpora import search
from corpora.errors import NarratiefError
from corpora.search import Hit
from corpora.store.project import Project
from workbench.i18n import _
from workbench.itemmodels.asker import Asker, Waiting
from workbench.itemmodels.question_names import QuestionNames, documents, narratieven
from workbench.jobs import Job, jobs
from workbench.panels.questions_found import FoundList
from workbench.panels.questions_textline import QuestionLine
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.narrative_list import NarrativeList
from workbench.widgets.narrative_rows import ListRows, NarrativeRow

PAUSE = 350


class SearchPage(QWidget):
    """`openNarratief(id)`; `openText(document number)` for words that stand outside every narratief."""

    openNarratief = Signal(int)
    openText = Signal(int)

    def __init__(self, opened: OpenProject, asker: Asker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._asker = opened, asker
        self._hits: Sequence[Hit] = ()
        self._where: Expression | None = None
        self._job: Job | None = None
        self._asked = ""
        self._outdated = False
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Words in any form, \"a phrase\", or /a pattern/"))
        self.words.setAccessibleName(_("Words to search for"))
        self.words.setClearButtonEnabled(True)
        self.filter = QuestionLine(_("Only narratieven for which… (nothing: all)"))
        self.found = FoundList(opened)
        self.outside = NarrativeList()
        self.outside_line, self.turn = QLabel(), QPushButton(_("Show"))
        self._pause = QTimer(self)
        self._arrange()
        self._connect()
        self._say_nothing()

    def _arrange(self) -> None:
        outer, px = QVBoxLayout(self), theme().px
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(8))
        outer.addWidget(self.words)
        outer.addWidget(self.filter)
        outer.addWidget(self.found, 3)
        row = QHBoxLayout()
        self.outside_line.setProperty("role", "quiet")
        self.turn.setProperty("role", "link")
        self.turn.setCheckable(True)
        row.addWidget(self.outside_line)
        row.addWidget(self.turn)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addWidget(self.outside, 2)

    def _connect(self) -> None:
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.search)
        self.words.textEdited.connect(lambda _text: self._pause.start())
        self.words.returnPressed.connect(self.search)
        self.filter.typed.connect(self._confine)
        self.turn.toggled.connect(self.outside.setVisible)
        self.found.openNarratief.connect(self.openNarratief)
        self.outside.activated.connect(lambda key: self.openText.emit(key[0]))

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project, after they changed."""
        self.found.set_names(names)

    # searching

    def search(self) -> None:
        """Look for the words; an earlier search that is still under way is let go."""
        self._pause.stop()
        self._outdated = False
        self._asked = self.words.text().strip()
        if self._job is not None:
            self._job.cancel()
        if not self._asked:
            self._hits = ()
            self._say_nothing()
            return
        self.found.line.setText(_("Searching the texts…"))
        self._job = jobs().run(_look, self._opened.project, self._asked,
                               on_result=self._arrived, on_error=self._broken)
        self._job.ended.connect(self._forget)

    def forget_texts(self) -> None:
        """The texts are other ones: what was found in them counts no longer."""
        self._outdated = True

    def refresh(self) -> None:
        """Show what was found with the codes of now; search again when the texts have changed."""
        if self._asked and self._outdated:
            self.search()
        elif self._asked and self._job is None:
            self._show()

    def _forget(self) -> None:
        self._job = None

    def _arrived(self, answer: tuple[str, Sequence[Hit]]) -> None:
        if answer[0] == self._asked:
            self._hits = answer[1]
            self._show()

    def _broken(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._hits = ()
        self.found.show_found(_(error.message), ())

    def _confine(self, expression: Expression | None) -> None:
        self._where = expression
        if self._asked:
            self._show()

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
        self.found.show_found("", ())
        self.found.set_empty_text(_("Type a word to find it in every form: kantelen also finds gekanteld."))
        self._show_outside([])

    def _show(self) -> None:
        allowed = self._allowed()
        inside = [hit for hit in self._hits if hit.narratief_id is not None
                  and (allowed is None or hit.narratief_id in allowed)]
        marks: dict[int, list[tuple[int, int]]] = {}
        for hit in inside:
            marks.setdefault(hit.narratief_id or 0, []).append((hit.start, hit.end))
        line = _("{hits} in {narratieven}, {documents}", hits=_hits(len(inside)), narratieven=narratieven(len(marks)),
                 documents=documents(len({hit.document_id for hit in inside})))
        self.found.set_empty_text(_("No narratief has these words. Try fewer words, or another form."))
        self.found.show_found(line, list(marks), ANY, marks)
        self._show_outside([hit for hit in self._hits if hit.narratief_id is None] if allowed is None else [])

    def _show_outside(self, hits: Sequence[Hit]) -> None:
        rows = [NarrativeRow((hit.document_id, hit.start, n), f"{hit.document} · {_('no narratief')}", hit.context,
                             highlights=_in_context(hit)) for n, hit in enumerate(hits)]
        self.outside.set_rows(ListRows(rows))
        self.outside_line.setText(_("{hits} outside every narratief", hits=_hits(len(hits))))
        self.outside_line.setVisible(bool(hits))
        self.turn.setVisible(bool(hits))
        self.outside.setVisible(bool(hits) and self.turn.isChecked())


def _look(_progress: Any, project: Project, words: str) -> tuple[str, list[Hit]]:
    with project.read() as session:
        return words, search.find(session, words)


def _hits(n: int) -> str:
    return _("1 hit") if n == 1 else _("{n} hits", n=n)


def _in_context(hit: Hit) -> tuple[tuple[int, int], ...]:
    at = hit.context.find(hit.text)
    return ((at, at + len(hit.text)),) if at >= 0 else ()
