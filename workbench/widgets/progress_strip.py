"""One job under way: what, how far, and a button to stop it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.jobs import Job
from workbench.theme import theme

SCALE = 1000


class ProgressStrip(QFrame):
    """Shows one `Job` and goes away with it. A job that has not reported yet shows a moving bar."""

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._title, self._detail = QLabel(job.title), QLabel()
        self._bar = QProgressBar()
        self._cancel = QPushButton(_("Cancel"))
        self._prepare()
        job.progressed.connect(self._advance)
        job.ended.connect(self.deleteLater)

    def _prepare(self) -> None:
        box = QHBoxLayout(self)
        px = theme().px
        box.setContentsMargins(px(12), px(4), px(12), px(4))
        box.setSpacing(px(12))
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(220))
        self._bar.setAccessibleName(self._job.title)
        self._detail.setProperty("role", "quiet")
        self._cancel.setProperty("role", "link")
        self._cancel.setAccessibleName(_("Cancel: {job}", job=self._job.title))
        self._cancel.clicked.connect(self._stop)
        for widget in (self._title, self._bar):
            box.addWidget(widget)
        box.addWidget(self._detail, 1)
        box.addWidget(self._cancel)

    def _advance(self, share: float, text: str) -> None:
        self._bar.setRange(0, SCALE)
        self._bar.setValue(round(share * SCALE))
        self._detail.setText(text)

    def _stop(self) -> None:
        self._job.cancel()
        self._cancel.setEnabled(False)
        self._detail.setText(_("Stopping…"))


class ProgressStack(QWidget):
    """The strips of all jobs that have a title, above the message bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)

    def add(self, job: Job) -> None:
        """Show a job; one without a title stays out of sight."""
        if job.title:
            self._box.addWidget(ProgressStrip(job))
