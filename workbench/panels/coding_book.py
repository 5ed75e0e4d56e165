"""The codebook as a page of the coding place: the tree at the left, the code in hand at the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from codebook import codebook_files, codes, kernelementen
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Changed
from workbench.i18n import _
from workbench.panels.coding_book_form import CodeForm
from workbench.panels.coding_book_tree import CodeTree
from workbench.panels.coding_book_values import CodeLine, coded_rows, read_lines, read_text
from workbench.panels.coding_book_ways import MergeWay, SplitWay
from workbench.project import OpenProject
from workbench.theme import theme

SEEN = {"facet", "code", "code_group", "code_group_member", "coding", "kernelement", "kernelement_code"}


class CodebookPage(QWidget):
    """Make, rename, move, merge, split, colour and describe codes; `left` goes back to coding."""

    left = Signal()

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self._facets: dict[int, str] = {}
        self._lines: dict[int, CodeLine] = {}
        self._code: int | None = None
        self._stale = True
        self.tree, self.form = CodeTree(), CodeForm()
        self.merge, self.split = MergeWay(), SplitWay()
        self.search, self.new_name = QLineEdit(), QLineEdit()
        self.beside = QStackedWidget()
        self._build()
        self._connect()

    # building

    def _build(self) -> None:
        px = theme().px
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(12), px(8), px(12), px(8))
        outer.addLayout(self._head())
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        left = QWidget()
        box = QVBoxLayout(left)
        box.setContentsMargins(0, 0, 0, 0)
        self.search.setPlaceholderText(_("Find a code…"))
        self.search.setAccessibleName(_("Find a code"))
        self.search.setClearButtonEnabled(True)
        self.tree.setToolTip(_("Drag a code to its place, or Alt with the arrows"))
        box.addWidget(self.search)
        box.addWidget(self.tree, 1)
        for widget in (self.form, self.merge, self.split):
            self.beside.addWidget(widget)
        split.addWidget(left)
        split.addWidget(self.beside)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([440, 660])
        outer.addWidget(split, 1)
        self.setFocusProxy(self.tree)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        self.new_name.setPlaceholderText(_("New code or facet…"))
        self.new_name.setAccessibleName(_("Name of the new code"))
        self.new_name.setFixedWidth(theme().px(220))
        back = self._button(_("Back to coding"), _("Back to the text (Esc)"), self.left.emit)
        self.add_code = self._button(_("Add code"), _("Make a code in the facet in hand (Enter)"), self.make_code)
        self.add_facet = self._button(_("Add facet"), _("Make a facet of this name"), self.make_facet)
        self.more = self._button(_("Code…"), _("Merge, split, remove"), self._ask_more)
        files = self._button(_("File…"), _("Read a codebook from a file, or write this one"), self._ask_files)
        row.addWidget(back)
        row.addStretch(1)
        for widget in (self.new_name, self.add_code, self.add_facet, self.more, files):
            row.addWidget(widget)
        self._files = files
        return row

    def _button(self, text: str, tip: str, run: Any) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.clicked.connect(lambda: run())
        return button

    def _connect(self) -> None:
        self.opened.changed.connect(self._changed)
        self.tree.chosen.connect(self._choose)
        self.tree.moved.connect(self._move)
        self.tree.removeWanted.connect(self.remove)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(lambda _at: self._ask_more())
        self.form.edited.connect(self._edit)
        self.search.textChanged.connect(self.tree.filter)
        self.new_name.returnPressed.connect(self.make_code)
        self.merge.wanted.connect(self._merge)
        self.split.wanted.connect(self._split)
        for way in (self.merge, self.split):
            way.left.connect(lambda: self.beside.setCurrentWidget(self.form))

    # showing

    def show_code(self, code: int | None) -> None:
        """Come into sight with a code in hand."""
        self.refresh()
        if code is not None:
            self.tree.choose(code)
            self.search.clear()
        self.beside.setCurrentWidget(self.form)
        self.tree.setFocus()

    def refresh(self) -> None:
        """Read the codebook anew."""
        self._stale = False
        counts = self.opened.reading.index.counts()
        with self.opened.project.read() as session:
            self._facets, lines = read_lines(session, counts)
        self._lines = {line.id: line for line in lines}
        self.tree.show_codes(self._facets, lines)
        self.tree.filter(self.search.text())
        self._show_form()

    def _changed(self, changed: Changed) -> None:
        if changed.tables() & SEEN:
            if self.isVisible():
                self.refresh()
            else:
                self._stale = True

    def showEvent(self, event: Any) -> None:
        if self._stale:
            self.refresh()
        super().showEvent(event)

    def _choose(self, code: int | None) -> None:
        self.form.keep()
        self._code = code
        self._show_form()
        self.beside.setCurrentWidget(self.form)

    def _show_form(self) -> None:
        if self._code not in self._lines:
            self._code = self.tree.current_code()
        self.more.setEnabled(self._code is not None)
        if self._code is None:
            self.form.show_code(None)
            return
        with self.opened.project.read() as session:
            text = read_text(session, self._code)
            near = [e.qualified for e in codes.near(session, text.label, self._code)] if text else []
        self.form.show_code(text, self._lines[self._code].changed, near)

    # changing

    def _edit(self, name: str, value: Any) -> None:
        code = self._code
        if code is None or code not in self._lines:
            return
        label = self._lines[code].label
        if name == "label":
            self.opened.do(message("Rename {old} to {new}", old=label, new=value), codes.rename, code, value)
        elif name == "groups":
            wanted = [g.strip() for g in value.split("|") if g.strip()]
            self.opened.do(message("Groups of {code}", code=label), codes.set_groups, code, wanted)
        elif name == "kernelementen":
            self.opened.do(message("Kernelementen of {code}", code=label), kernelementen.set_of_code, code, value)
        else:
            number = {"number": value or None} if name == "number" else {name: value}
            self.opened.do(message("Describe {code}", code=label), codes.describe, code, **number)
        self._show_form()

    def make_code(self) -> None:
        """Make a code of the name typed, in the facet in hand; a name like another is told."""
        label, facet = self.new_name.text().strip(), self.tree.current_facet()
        if not label or facet is None:
            self.new_name.setFocus()
            return
        with self.opened.project.read() as session:
            near = [e.qualified for e in codes.near(session, label)]
        text = message("New code {code} in {facet}", code=label, facet=self._facets[facet])
        if near:
            text = message("New code {code} in {facet}, looks like {near}", code=label, facet=self._facets[facet],
                           near=", ".join(near))
        made = self.opened.do(text, codes.add, facet, label)
        if made is not None:
            self.new_name.clear()
            self.tree.choose(made)

    def make_facet(self) -> None:
        """Make a facet of the name typed."""
        label = self.new_name.text().strip()
        if not label:
            self.new_name.setFocus()
        elif self.opened.do(message("New facet {facet}", facet=label), codes.add_facet, label) is not None:
            self.new_name.clear()

    def _move(self, code: int, parent: int | None, before: int | None) -> None:
        self.opened.do(message("Move {code}", code=self._lines[code].label), codes.move, code, parent_id=parent,
                       before_id=before)

    def remove(self) -> None:
        """Take the code in hand out, with its codings; undo brings all back."""
        if self._code is not None:
            line = self._lines[self._code]
            self.opened.do(message("Remove {code} (codings: {n})", code=line.label, n=line.codings), codes.remove,
                           line.id)

    def ask_merge(self) -> None:
        """Merge the codes selected with another of their facet."""
        chosen = [self._lines[c] for c in self.tree.selected_codes() if c in self._lines]
        if not chosen:
            return
        facet = chosen[0].facet_id
        own = {line.id for line in chosen}
        several = len(chosen) > 1
        into = [(n.id, n.label) for n in self._lines.values() if n.facet_id == facet and (several or n.id not in own)]
        into.sort(key=lambda pair: (several and pair[0] not in own, pair[1].casefold()))
        self.merge.ask([line.label for line in chosen], into)
        self.beside.setCurrentWidget(self.merge)

    def _merge(self, into: int) -> None:
        chosen = [c for c in self.tree.selected_codes() if c != into]
        names = ", ".join(self._lines[c].label for c in chosen)
        text = message("Merge {codes} with {into}", codes=names, into=self._lines[into].label)
        if self.opened.do(text, codes.merge, chosen, into) is not None:
            self.tree.choose(into)
            self.beside.setCurrentWidget(self.form)

    def ask_split(self) -> None:
        """Give some narratieven of the code in hand a new code instead."""
        if self._code is None:
            return
        with self.opened.project.read() as session:
            rows = coded_rows(session, self._code, self.opened.reading)
        self.split.ask(self._lines[self._code].label, rows)
        self.beside.setCurrentWidget(self.split)

    def _split(self, name: str, narratieven: list[int]) -> None:
        if self._code is None:
            return
        text = message("Split {new} off {code}", new=name, code=self._lines[self._code].label)
        made = self.opened.do(text, codes.split, self._code, name, narratieven)
        if made is not None:
            self.tree.choose(made)
            self.beside.setCurrentWidget(self.form)

    # menus and files

    def code_menu(self) -> QMenu:
        """What can be done with the codes selected."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Merge with another code…"), self.ask_merge)
        menu.addAction(_("Split…"), self.ask_split)
        menu.addSeparator()
        menu.addAction(_("Remove   Delete"), self.remove)
        return menu

    def _ask_more(self) -> None:
        if self._code is not None:
            self.code_menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _ask_files(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Read a codebook (.csv, .xlsx)…"), self._ask_import)
        menu.addAction(_("Write this codebook (.csv, .xlsx)…"), self._ask_export)
        menu.popup(self._files.mapToGlobal(QPoint(0, self._files.height())))

    def _ask_import(self) -> None:
        found, _kind = QFileDialog.getOpenFileName(self, _("Read a codebook"), self.opened.beside(),
                                                   _("Codebooks (*.csv *.xlsx)"))
        if found:
            self.import_file(Path(found))

    def _ask_export(self) -> None:
        name = self.opened.beside(_("Codebook.xlsx"))
        found, _kind = QFileDialog.getSaveFileName(self, _("Write the codebook"), name, _("Codebooks (*.csv *.xlsx)"))
        if found:
            self.export_file(Path(found))

    def import_file(self, path: Path) -> None:
        """Put the codes of a file into the codebook."""
        try:
            rows = codebook_files.read(path)
            codebook_files.require_rows(rows, path.name)
        except NarratiefError as error:
            self.opened.failed.emit(error.message)
            return
        self.opened.do(message("Import codebook {file}", file=path.name), codebook_files.put, rows)

    def export_file(self, path: Path) -> None:
        """Write the codebook to a file."""
        from exports.codebooks import write_codebook

        try:
            with self.opened.project.read() as session:
                rows = codebook_files.rows_from(session)
            write_codebook(rows, path)
        except NarratiefError as error:
            self.opened.failed.emit(error.message)
            return
        self.opened.message.emit(message("The codebook is in {file}.", file=path.name), False)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
