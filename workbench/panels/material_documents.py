"""The table of documents: what is there, how far it is, and what it is about; all of it editable in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from corpora import attributes, documents
from corpora.errors import NarratiefError
from corpora.messages import Message, message
from corpora.overview import DocumentRow, attribute_names, document_rows, group_labels
from corpora.tables import read_table
from workbench.i18n import _
from workbench.itemmodels.documents import FIXED, GROUP, ID_ROLE, KIND, SORT_ROLE, TITLE, DocumentsModel, kind_names
from workbench.panels.material_parts import ChoiceDelegate, button, free_field, key, quiet, table_view
from workbench.project import OpenProject
from workbench.shared.fresh_page import FreshPage
from workbench.theme import theme
from workbench.widgets.empty_state import EmptyState

WIDTHS = (240, 96, 128, 76, 72, 80, 96, 136)
TABLES = {"document", "respondent_group", "attribute", "attribute_value", "turn", "speaker", "narratief", "coding"}


class DocumentsPage(FreshPage):
    """`filesWanted(folder)` when files (or a folder) are to be brought in, `speakersWanted(id)` to see who speaks in
    a document, `segmentWanted(id)` to cut it."""

    filesWanted = Signal(bool)
    speakersWanted = Signal(int)
    segmentWanted = Signal(int)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(opened, TABLES, parent)
        self.model, self._shown = DocumentsModel(self), QSortFilterProxyModel(self)
        self.table, self.filter = table_view(_("Documents")), QLineEdit()
        self.kind, self.group, self._chosen = QComboBox(), QComboBox(), quiet()
        self._groups: list[str] = []
        self._deeds: list[QWidget] = []
        self.new_attribute = QLineEdit()
        self._selection_row = QWidget()
        self._stack = QStackedWidget()
        self._empty = EmptyState(_("Drop transcripts or a folder anywhere on this window: Word, OpenDocument, RTF, PDF "
                                   "or plain text."), _("Choose files…"), "import",
                                 other=_("Choose folder…"))
        self._build()
        self._connect()
        self.refresh()

    # building

    def _build(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(8))
        inner.addLayout(self._tools())
        inner.addWidget(self.table, 1)
        inner.addWidget(self._selection())
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        box.addWidget(self._stack)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.filter.setPlaceholderText(_("Filter by title, group, attribute…"))
        self.filter.setToolTip("Ctrl+F")
        self.filter.setAccessibleName(_("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.new_attribute.setPlaceholderText(_("New attribute"))
        self.new_attribute.setToolTip(_("Type a name and press Enter: a column of its own"))
        self.new_attribute.setAccessibleName(_("New attribute"))
        self.new_attribute.setMaximumWidth(theme().px(150))
        row.addWidget(button(_("Choose files…"), lambda: self.filesWanted.emit(False), "Ctrl+I", "primary"))
        row.addWidget(button(_("Choose folder…"), lambda: self.filesWanted.emit(True), "Ctrl+Shift+I"))
        row.addWidget(button(_("Attributes from a table…"), self.choose_attributes,
                             _("An Excel or CSV file with a column “document”; every other column is an attribute")))
        row.addWidget(self.filter, 1)
        row.addWidget(self.new_attribute)
        return row

    def _selection(self) -> QWidget:
        row = QHBoxLayout(self._selection_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.group.setMinimumWidth(theme().px(160))
        self.kind.setAccessibleName(_("Kind of the selected documents"))
        self.group.setAccessibleName(_("Group of the selected documents"))
        self._deeds += [self.kind, self.group, button(_("Who speaks"), self._see_speakers, "Enter"),
                        button(_("Segment"), self._see_segments, _("To Fragments")),
                        button(_("Remove"), self.remove, "Delete")]
        row.addWidget(self._chosen, 1)
        for widget in self._deeds:
            row.addWidget(widget)
        return self._selection_row

    def _connect(self) -> None:
        self._shown.setSourceModel(self.model)
        self._shown.setSortRole(SORT_ROLE)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table.setModel(self._shown)
        self.table.sortByColumn(TITLE, Qt.SortOrder.AscendingOrder)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked
                                   | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setItemDelegateForColumn(KIND, ChoiceDelegate(kind_names, self.table))
        self.table.setItemDelegateForColumn(GROUP, ChoiceDelegate(self._group_options, self.table, free=True))
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, theme().px(width))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.horizontalHeader().customContextMenuRequested.connect(self._head_menu)
        self.table.selectionModel().selectionChanged.connect(lambda: self._show_selection())
        self.filter.textChanged.connect(self._shown.setFilterFixedString)
        self.new_attribute.returnPressed.connect(self._add_attribute)
        self.model.edited.connect(self.edit)
        self.kind.activated.connect(self._set_kind)
        self.group.activated.connect(self._set_group)
        self._empty.clicked.connect(lambda: self.filesWanted.emit(False))
        self._empty.otherClicked.connect(lambda: self.filesWanted.emit(True))
        for keys, run in (("Delete", self.remove), ("Return", self._see_speakers), ("Enter", self._see_speakers)):
            key(self.table, keys, run)
        key(self, "Ctrl+F", self.filter.setFocus)
        self.setFocusProxy(self.table)

    # what is shown

    def read_anew(self) -> None:
        chosen = self.selected()
        with self._opened.project.read() as session:
            rows, names, self._groups = document_rows(session), attribute_names(session), group_labels(session)
        self.model.fill(rows, names, self._coded())
        self._stack.setCurrentIndex(1 if rows else 0)
        self._fill_choices()
        self.select(chosen)
        self._show_selection()

    def _coded(self) -> dict[int, int]:
        """Document → narratieven with a code, from the index in memory."""
        index = self._opened.reading.index
        slots = index.slots(index.any_of(index.codes()))
        counts = np.bincount(index.document_numbers[slots], minlength=index.document_total)
        return {index.document_id(n): int(count) for n, count in enumerate(counts) if count}

    def _fill_choices(self) -> None:
        self.kind.clear()
        self.kind.addItem(_("Kind…"), "")
        for value, name in kind_names().items():
            self.kind.addItem(name, value)
        self.group.clear()
        self.group.addItems(["", *self._groups])
        free_field(self.group).setPlaceholderText(_("Group…"))

    def _group_options(self) -> dict[str, str]:
        return {"": "", **{label: label for label in self._groups}}

    def selected(self) -> list[int]:
        """The numbers of the selected documents, in the order shown."""
        return [int(index.data(ID_ROLE)) for index in self.table.selectionModel().selectedRows()]

    def current(self) -> int | None:
        """The document under the cursor."""
        index = self.table.currentIndex()
        return int(index.data(ID_ROLE)) if index.isValid() else None

    def select(self, numbers: list[int]) -> None:
        """Select documents."""
        wanted, kept = set(numbers), self.table.selectionModel()
        if set(self.selected()) == wanted:
            return
        kept.clearSelection()
        for row in range(self._shown.rowCount()):
            index = self._shown.index(row, 0)
            if index.data(ID_ROLE) in wanted:
                kept.select(index, kept.SelectionFlag.Select | kept.SelectionFlag.Rows)

    def _show_selection(self) -> None:
        n, total = len(self.selected()), len(self.model.rows)
        words = sum(row.words for row in self.model.rows)
        self._chosen.setText(_("{n} of {total} documents selected", n=n, total=total) if n else
                             _("{total} documents, {words} words. Select one or more to change them together; F2 edits "
                               "a cell.", total=total, words=f"{words:,}".replace(",", "\u202f")))
        for widget in self._deeds:
            widget.setVisible(n > 0)

    # what is done

    def edit(self, number: int, column: int, value: str) -> None:
        """Write one cell."""
        row = self._row(number)
        if column == TITLE:
            self._opened.do(message("Rename {old} to {new}", old=row.title, new=value), documents.rename, number, value)
        elif column == KIND:
            self._describe([number], value, None)
        elif column == GROUP:
            self._describe([number], None, value)
        elif column >= FIXED:
            name = self.model.attributes[column - FIXED]
            self._opened.do(message("{name} of {title}: {value}", name=name, title=row.title, value=value or "–"),
                            attributes.set_values, number, {name: value})

    def _row(self, number: int) -> DocumentRow:
        return next(row for row in self.model.rows if row.id == number)

    def _set_kind(self) -> None:
        self._describe(self.selected(), self.kind.currentData() or None, None)

    def _set_group(self) -> None:
        self._describe(self.selected(), None, self.group.currentText().strip())

    def _describe(self, numbers: list[int], kind: str | None, group: str | None) -> None:
        if not numbers or (kind is None and group is None):
            return
        value = kind_names().get(kind, kind) if kind is not None else group or "–"
        self._opened.do(self._described(numbers, value, kind is not None), documents.describe, numbers, kind=kind,
                        group=group)

    def _described(self, numbers: list[int], value: str, of_kind: bool) -> Message:
        if len(numbers) == 1:
            title = self._row(numbers[0]).title
            return (message("Kind of {title}: {value}", title=title, value=value) if of_kind else
                    message("Group of {title}: {value}", title=title, value=value))
        return (message("Kind of {n} documents: {value}", n=len(numbers), value=value) if of_kind else
                message("Group of {n} documents: {value}", n=len(numbers), value=value))

    def remove(self) -> None:
        """Take the selected documents out; undo brings them back."""
        numbers = self.selected()
        if not numbers:
            return
        one = message("Remove {title}", title=self._row(numbers[0]).title)
        label = one if len(numbers) == 1 else message("Remove {n} documents", n=len(numbers))
        self._opened.do(label, _remove_all, numbers)

    def _see_speakers(self) -> None:
        number = self.current()
        if number is not None:
            self.speakersWanted.emit(number)

    def _see_segments(self) -> None:
        number = self.current()
        if number is not None:
            self.segmentWanted.emit(number)

    def _add_attribute(self) -> None:
        name = self.new_attribute.text().strip()
        self.new_attribute.clear()
        if name:
            self._opened.do(message("New attribute {name}", name=name), attributes.attribute_id, name)

    def _head_menu(self, at: Any) -> None:
        column = self.table.horizontalHeader().logicalIndexAt(at)
        if column < FIXED:
            return
        name = self.model.attributes[column - FIXED]
        menu = QMenu(self)
        menu.addAction(_("Remove the attribute {name}", name=name), lambda: self._opened.do(
            message("Remove the attribute {name}", name=name), attributes.remove, name))
        menu.popup(self.table.horizontalHeader().mapToGlobal(at))

    def choose_attributes(self) -> None:
        """Ask for a table and take its attributes."""
        path, _kind = QFileDialog.getOpenFileName(self, _("Attributes from a table"), self._opened.beside(),
                                                  _("Tables") + " (*.xlsx *.csv *.tsv)")
        if path:
            self.import_attributes(Path(path))

    def import_attributes(self, path: Path) -> None:
        """Take attributes from a table, as one step."""
        try:
            table = read_table(path)
        except NarratiefError as error:
            self._opened.failed.emit(error.message)
            return
        self._opened.do(message("Import attributes from {file}", file=path.name), attributes.import_table, table)

    def source_row(self, index: QModelIndex) -> DocumentRow:
        """The document of a row as shown."""
        return self.model.rows[self._shown.mapToSource(index).row()]


def _remove_all(session: Any, numbers: list[int]) -> None:
    for number in numbers:
        documents.remove(session, number)
