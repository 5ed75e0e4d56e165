"""Merging copies: which ones, what they bring, and every conflict in words, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from codebook import merging
from codebook.merging import Conflict, Merged
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import button, heading, quiet

COLUMNS = 5


def kind_names() -> dict[str, str]:
    """What each kind of conflict is called."""
    return {"same_name": _("Same name"), "renamed": _("Renamed"), "definition": _("Other words"),
            "segmentation": _("Cut otherwise"), "deleted_used": _("Deleted and in use"), "text": _("Other text"),
            "memo": _("Two memos")}


def choice_names() -> dict[str, str]:
    """What one can choose in a conflict."""
    return {"": _("By the rule"), "ours": _("What stands here"), "theirs": _("What stands there"),
            "join": _("Make one code"), "both": _("Keep both apart"), "keep": _("Keep it"),
            "delete": _("Delete it all the same")}


class MergePage(QWidget):
    """`left()` when done or given up. Looks into the copies as soon as there are any; only *Merge* changes things."""

    left = Signal()

    def __init__(self, opened: OpenProject, paths: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.paths = list(dict.fromkeys(paths))
        self.choices: dict[tuple[str, str] | str, str] = {}
        self.found: Merged | None = None
        self._asked = 0
        self.files, self.counts, self.table = quiet(), QLabel(), QTableWidget(0, COLUMNS)
        self.go = button(_("Merge"), self.merge, role="primary")
        self.choose = button(_("Choose copies…"), self.ask_files)
        self._build()
        self.setFocusProxy(self.choose)
        self.look()

    def _build(self) -> None:
        px, box, row = theme().px, QVBoxLayout(self), QHBoxLayout()
        box.setContentsMargins(px(24), px(16), px(24), px(16))
        box.setSpacing(px(12))
        title = QLabel(_("Merge copies"))
        title.setProperty("role", "title")
        self.counts.setWordWrap(True)
        self._prepare_table()
        row.addWidget(self.choose)
        row.addWidget(self.files, 1)
        foot = QHBoxLayout()
        foot.addWidget(button(_("Back"), self.left.emit, "Esc"))
        foot.addStretch(1)
        foot.addWidget(self.go)
        self.conflicts = heading("")
        box.addWidget(title)
        box.addWidget(quiet(_("Everybody's codings are kept under their own name. What two people changed is shown "
                              "here first; one undo takes all of it back.")))
        box.addLayout(row)
        for widget in (self.counts, self.conflicts):
            box.addWidget(widget)
        room = QVBoxLayout()
        room.addWidget(self.table, 1)
        room.addStretch(0)
        box.addLayout(room, 1)
        box.addLayout(foot)

    def _prepare_table(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([_("What"), _("Where"), _("Here"), _("There"), _("What happens")])
        table.setAccessibleName(_("Conflicts"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        for column in range(COLUMNS):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if column > 1
                                      else QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(0, theme().px(150))
        table.setColumnWidth(1, theme().px(190))
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_rows)
        head.sectionResized.connect(lambda *_args: self._fitting.start())

    def ask_files(self) -> None:
        """Choose the files of copies."""
        paths, _kind = QFileDialog.getOpenFileNames(self, _("Copies to merge"), self.opened.beside(), "*.narratief")
        if paths:
            self.add(paths)

    def add(self, paths: Sequence[str]) -> None:
        """Look into these copies too."""
        self.paths = list(dict.fromkeys([*self.paths, *paths]))
        self.look()

    def look(self) -> None:
        """Find out what a merge would do."""
        self.files.setText(" · ".join(Path(path).stem for path in self.paths))
        self.go.setEnabled(False)
        self.table.setVisible(bool(self.paths))
        if not self.paths:
            self._show_counts(_("Choose the copies that came back, or drop them here."))
            return
        self._asked += 1
        asked = self._asked
        self._show_counts(_("Looking into the copies…"))
        jobs().run(_look, self.opened.project, tuple(self.paths), dict(self.choices),
                   title=_("Looking into the copies"), on_result=lambda found: self._show(found, asked),
                   on_error=lambda error: self._fail(error, asked))

    def _show_counts(self, text: str) -> None:
        self.counts.setText(text)
        self.conflicts.setText("")

    def _show(self, found: Merged, asked: int) -> None:
        if asked != self._asked or not isValid(self):
            return
        self.found = found
        self.go.setEnabled(not found.nothing)
        if found.nothing:
            self._show_counts(_("There is nothing new in these copies."))
        else:
            self._show_counts(_("{what}. {n} rows were here already. By: {who}.", what=_(merging.added_words(found)),
                                n=found.unchanged, who=", ".join(found.authors)) +
                              "".join(f"\n{_(warning)}" for warning in found.warnings))
        n = len(found.conflicts)
        self.conflicts.setText(_("To look at: {n}", n=n) if n else _("Nothing was changed by two people."))
        self._fill(found.conflicts)
        if not found.nothing:
            self.go.setFocus()

    def _fill(self, conflicts: Sequence[Conflict]) -> None:
        table, names = self.table, kind_names()
        table.setRowCount(0)
        table.setRowCount(len(conflicts))
        table.setVisible(bool(conflicts))
        for n, one in enumerate(conflicts):
            for column, text in enumerate((names[one.kind], _(one.object), _(one.ours), _(one.theirs),
                                           _(one.resolution))):
                item = QTableWidgetItem("" if one.choices and column == COLUMNS - 1 else text)
                item.setToolTip(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                table.setItem(n, column, item)
            if one.choices:
                table.setCellWidget(n, COLUMNS - 1, self._choice(one))
        self._fit_rows()
        self._fitting.start()  # once more when the labels have their style

    def _fit_rows(self) -> None:
        """Rows as high as their words, those above a choice too, at the width that the columns have now."""
        table, width = self.table, self.table.columnWidth(COLUMNS - 1) - theme().px(12)  # less the padding of a cell
        table.resizeRowsToContents()
        for n in range(table.rowCount()):
            holder = table.cellWidget(n, COLUMNS - 1)
            if holder is not None:
                table.setRowHeight(n, max(table.rowHeight(n), holder.heightForWidth(width)))

    def _choice(self, conflict: Conflict) -> QWidget:
        """What happens, with another way to choose."""
        holder, box, picker = QWidget(), QVBoxLayout(), QComboBox()
        box.setContentsMargins(theme().px(6), theme().px(4), theme().px(6), theme().px(6))
        words = QLabel(_(conflict.resolution))
        words.setWordWrap(True)
        names = choice_names()
        for value in ("", *conflict.choices):
            picker.addItem(names[value], value)
        key = (conflict.kind, conflict.thing)
        picker.setCurrentIndex(max(0, picker.findData(self.choices.get(key, ""))))
        picker.setAccessibleName(_("Choice for {thing}", thing=_(conflict.object)))
        picker.activated.connect(lambda _index: self._take(key, str(picker.currentData())))
        box.addWidget(words)
        box.addWidget(picker)
        holder.setLayout(box)
        return holder

    def _take(self, key: tuple[str, str], choice: str) -> None:
        self.choices.pop(key, None)
        if choice:
            self.choices[key] = choice
        self.look()

    def _fail(self, error: BaseException, asked: int) -> None:
        if asked != self._asked or not isValid(self):
            return
        if not isinstance(error, NarratiefError):
            raise error
        self.paths.clear()
        self.look()
        self.counts.setText(_(error.message))
        self.opened.failed.emit(error.message)

    def merge(self) -> None:
        """Do it, as one step."""
        self.go.setEnabled(False)
        self._asked += 1
        asked = self._asked
        jobs().run(_merge, self.opened.project, tuple(self.paths), dict(self.choices), title=_("Merging"),
                   on_result=lambda _found: self.left.emit() if isValid(self) else None,
                   on_error=lambda error: self._fail(error, asked))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _look(progress: Any, project: Any, paths: Sequence[str], choices: Any) -> Merged:
    progress(0)
    return merging.preview(project, paths, choices)


def _merge(progress: Any, project: Any, paths: Sequence[str], choices: Any) -> Merged:
    progress(0)
    return merging.merge(project, paths, choices)
