"""The key of names: which pseudonym stands for whom; to be changed, kept apart, or destroyed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from corpora import pseudonyms
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.models import Pseudonym
from workbench import name_jobs
from workbench.dialogs.destroy_key import DestroyKeyDialog
from workbench.i18n import _
from workbench.itemmodels.names import KeyModel
from workbench.jobs import jobs
from workbench.panels.material_parts import button, heading, quiet, table_view
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState


class KeyPage(QWidget):
    """`namesWanted` to look for names."""

    namesWanted = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.model, self.table, self._stack = KeyModel(self), table_view(_("Key of names")), QStackedWidget()
        self._told = quiet(_("The key stands in the project file. Keep an export apart from the texts, where only you "
                             "can read it. F2 gives a name another pseudonym, in all texts at once."))
        self._empty = EmptyState(_("No names have been replaced, so there is no key."), _("Look for names"),
                                 "pseudonym")
        self._build()
        self.model.edited.connect(self._change)
        self._empty.clicked.connect(self.namesWanted)
        opened.changed.connect(self._project_changed)
        self.refresh()

    def _build(self) -> None:
        px = theme().px
        page, box, row = QWidget(), QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addWidget(heading(_("Who is who")))
        inner.addWidget(self._told)
        inner.addWidget(self.table, 1)
        inner.addLayout(row)
        row.addWidget(button(_("Export the key…"), self._choose_export, _("A CSV file that holds real names")))
        row.addStretch(1)
        row.addWidget(button(_("Destroy the key…"), self.ask_destroy, _("Asks first: this cannot be undone")))
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.horizontalHeader().setStretchLastSection(True)
        for column in range(3):
            self.table.setColumnWidth(column, px(240))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        box.addWidget(self._stack)
        self.setFocusProxy(self.table)

    def _project_changed(self, changed: Any) -> None:
        if "pseudonym" in changed.tables():
            self.refresh()

    def refresh(self) -> None:
        """Read the key again."""
        with self._opened.project.read() as session:
            rows = [(p.name, p.pseudonym, p.kind) for p in session.query(Pseudonym).order_by(Pseudonym.name)]
        self.model.fill(rows)
        self._stack.setCurrentIndex(1 if rows else 0)

    def _change(self, name: str, pseudonym: str) -> None:
        self._opened.do(message("Another pseudonym: {pseudonym}", pseudonym=pseudonym), pseudonyms.change_pseudonym,
                        name, pseudonym)

    def _choose_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, _("Export the key: this file holds real names"),
                                                  self._opened.beside(_("key of names.csv")), "CSV (*.csv)")
        if path:
            self.export(Path(path))

    def export(self, path: Path) -> None:
        """Write the key to a file of its own."""
        try:
            name_jobs.write_key(path, self.model.rows)
        except OSError as error:
            self._opened.failed.emit(message("{name} could not be read or written: {why}.", name=path.name,
                                             why=error.strerror or type(error).__name__))
            return
        self._opened.message.emit(message("{file} holds the real names: keep it apart from the project.",
                                          file=path.name), False)

    def ask_destroy(self) -> None:
        """Ask for the word, then destroy the key."""
        dialog = DestroyKeyDialog(len(self.model.rows), self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.destroy_key()

    def destroy_key(self) -> None:
        """Destroy the key behind the window."""
        jobs().run(name_jobs.destroy, self._opened.project, title=_("Destroying the key"), on_result=self._destroyed,
                   on_error=self._tell)

    def _destroyed(self, backups: list[str]) -> None:
        told = (message("The key is destroyed, and with it the backups {names}.", names=", ".join(backups))
                if backups else message("The key is destroyed. No earlier step can be undone any more."))
        self._opened.message.emit(told, False)

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._opened.failed.emit(error.message)
