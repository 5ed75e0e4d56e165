"""Proposing in the background: the worker process reads and proposes, then one step puts the proposals in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from corpora import fragments
from corpora.errors import NarratiefError
from corpora.fragments import Proposal
from corpora.messages import Message, message
from workbench.i18n import _
from workbench.jobs import Job, Progress, jobs
from workbench.project import OpenProject

AT_ONCE = 10
"""So many documents are put in force while the window waits; more go in a thread."""


class Proposer(QObject):
    """Proposes for documents, one piece of work at a time. `ended` comes when it is over, however it went."""

    ended = Signal()

    def __init__(self, opened: OpenProject, label_of: Callable[[list[Proposal]], Message],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened, self._label_of = opened, label_of
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether work is under way."""
        return self._job is not None and self._job.is_running

    def propose(self, document_ids: Sequence[int]) -> None:
        """Start, unless work is under way."""
        if self.is_busy or not document_ids:
            return
        shown = _("Proposing narratieven")
        self._follow(jobs().run(fragments.propose_in, address(self._opened), list(document_ids), title=shown,
                                process=True, on_result=self._proposed, on_error=self._failed))

    def _follow(self, job: Job) -> None:
        self._job = job
        job.ended.connect(self.ended)

    def _proposed(self, found: list[Proposal]) -> None:
        label = self._label_of(found)
        if len(found) <= AT_ONCE:
            self._tell(self._opened.do(label, fragments.take_over, found))
        else:
            self._follow(jobs().run(_put, self._opened, label, found, title=_("Keeping the proposals"),
                                    on_result=self._tell, on_error=self._failed))

    def _tell(self, count: int | None) -> None:
        if count == 0:
            self._opened.message.emit(message("Nothing new to propose: everything is accepted already."), False)
        elif count == 1:
            self._opened.message.emit(message("1 narratief proposed. Enter accepts it."), True)
        elif count:
            self._opened.message.emit(message("{n} narratieven proposed. Look at them one by one: Enter accepts.",
                                              n=count), True)

    def _failed(self, error: BaseException) -> None:
        said = error.message if isinstance(error, NarratiefError) else message("Proposing broke off: {why}",
                                                                               why=str(error))
        self._opened.failed.emit(said)


def _put(progress: Progress, opened: OpenProject, label: Message, found: list[Proposal]) -> int:
    progress(0, len(found))
    return opened.project.step(label, fragments.take_over, found)


def address(opened: OpenProject) -> str:
    """Where another process finds the project."""
    project = opened.project
    return str(project.path) if project.path else project.engine.url.render_as_string(hide_password=False)
