"""Who codes in the project: their role, how far they are; added, renamed, and two coders of one person made one."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from codebook import blind, team
from codebook.team_progress import CoderRow, overview
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.coder_rows import ID_ROLE, NAME, CoderRows, role_names
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.parts import ChoiceDelegate, button, choose_row, key, quiet, table_view

WIDTHS = (200, 130, 100, 80, 100, 130, 100, 150)


class CodersTable(QWidget):
    """`chosen(coder or None)` when another row is in hand, `copyWanted(name)` for a copy of the project for a coder."""

    chosen = Signal(object)
    copyWanted = Signal(str)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.model, self.table = CoderRows(self), table_view(_("Coders"))
        self.name, self.blind, self.about = QLineEdit(), QCheckBox(_("Blind coding")), quiet()
        self.anonymous = QCheckBox(_("Anonymous coders in discussion"))
        self.join_button = button(_("Same person as…"), self._ask_join, _("Make two coders of one person one"))
        self.role_button = button(_("Role"), self._turn_role, _("Student or researcher"))
        self.copy_button = button(_("Copy for this coder…"), self._copy, _("One file to work in elsewhere"))
        self.remove_button = button(_("Remove"), self._remove, "Delete")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px, box, tools, state = theme().px, QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(px(8))
        self.name.setPlaceholderText(_("New coder: type a name and press Enter"))
        self.name.setAccessibleName(_("New coder"))
        for widget in (self.role_button, self.join_button, self.copy_button, self.remove_button):
            tools.addWidget(widget)
        tools.addWidget(self.name, 1)
        state.setSpacing(px(12))
        state.addWidget(self.blind)
        state.addWidget(self.about, 1)
        state.addWidget(self.anonymous)
        self.anonymous.setToolTip(_("Coder 1, Coder 2 … instead of names, in another order each time, wherever "
                                    "agreement and differences are shown"))
        box.addLayout(tools)
        box.addWidget(self.table, 1)
        box.addLayout(state)
        self.table.setModel(self.model)
        self.table.setSortingEnabled(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked
                                   | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setItemDelegateForColumn(1, ChoiceDelegate(role_names, self.table))
        for column, width in enumerate(WIDTHS):
            self.table.setColumnWidth(column, px(width))
        self.table.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.name.returnPressed.connect(self._add)
        self.model.edited.connect(self._edit)
        self.blind.clicked.connect(self._set_blind)
        self.anonymous.clicked.connect(self._set_anonymous)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_choice())
        key(self.table, "Delete", self._remove)

    # what is shown

    def refresh(self) -> None:
        """Read the coders again."""
        held = self.current()
        self.model.fill(overview(self._opened.reading), self._opened.coder)
        rows = [row.id for row in self.model.rows]
        choose_row(self.table, rows.index(held.id) if held is not None and held.id in rows else 0)
        with self._opened.project.read() as session:
            is_on, nameless = blind.is_blind(session), blind.is_anonymous(session)
        self.anonymous.setChecked(nameless)
        self.blind.setChecked(is_on)
        self.model.may_give_roles = self.leads()
        self.blind.setEnabled(self.leads())
        self.about.setText(self._said(is_on))
        self._show_choice()

    def is_student(self) -> bool:
        """Whether the one at work is no researcher."""
        mine = self._opened.coder.casefold()
        return not any(r.name.casefold() == mine and r.role == blind.RESEARCHER for r in self.model.rows)

    def leads(self) -> bool:
        """Whether the one at work decides on roles and blind coding: a researcher, or anybody while there is none."""
        return not self.is_student() or not any(r.role == blind.RESEARCHER for r in self.model.rows)

    def _said(self, is_on: bool) -> str:
        if not is_on:
            return _("Off: everybody sees each other's codes. On: students see them once a document is ready.")
        if self.is_student():
            return _("On: you see the codes of others once you marked a document ready. The researcher decides this.")
        return _("On: students see the codes of others once a document is ready. You, as researcher, see everything.")

    def current(self) -> CoderRow | None:
        """The coder in hand."""
        index = self.table.currentIndex()
        number = index.siblingAtColumn(0).data(ID_ROLE) if index.isValid() else None
        return next((row for row in self.model.rows if row.id == number), None)

    def _show_choice(self) -> None:
        row = self.current()
        for widget in (self.role_button, self.join_button, self.copy_button, self.remove_button):
            widget.setEnabled(row is not None)
        self.role_button.setEnabled(row is not None and self.leads())
        self.join_button.setEnabled(row is not None and len(self.model.rows) > 1)
        self.role_button.setText(_("Make student") if row is not None and row.role == blind.RESEARCHER else
                                 _("Make researcher"))
        self.remove_button.setEnabled(row is not None and not row.codings)
        self.chosen.emit(row.id if row is not None else None)

    # what is done

    def _add(self) -> None:
        name = " ".join(self.name.text().split())
        if name and self._opened.do(message("Add coder {name}", name=name), team.add, name) is not None:
            self.name.clear()

    def _edit(self, coder: int, column: int, value: str) -> None:
        old = next(row for row in self.model.rows if row.id == coder)
        if column == NAME:
            self._opened.do(message("Rename coder {old} to {new}", old=old.name, new=value), team.rename, coder, value)
        else:
            self._opened.do(message("{name} is {role}", name=old.name, role=value), team.set_role, coder, value)

    def _turn_role(self) -> None:
        row = self.current()
        if row is not None:
            role = blind.STUDENT if row.role == blind.RESEARCHER else blind.RESEARCHER
            self._opened.do(message("{name} is {role}", name=row.name, role=role), team.set_role, row.id, role)

    def _ask_join(self) -> None:
        row = self.current()
        if row is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for other in self.model.rows:
            if other.id != row.id:
                menu.addAction(_("{gone} is {kept}; all goes to {kept}", gone=row.name, kept=other.name),
                               partial(self.join, other, row))
        menu.popup(self.join_button.mapToGlobal(QPoint(0, self.join_button.height())))

    def join(self, kept: CoderRow, gone: CoderRow) -> None:
        """Two coders of one person become one."""
        done = self._opened.do(message("Make {gone} one with {kept}", gone=gone.name, kept=kept.name), _join, kept.id,
                               gone.id)
        if done and self._opened.coder.casefold() == gone.name.casefold():
            self._opened.become(kept.name)
            self.refresh()

    def _copy(self) -> None:
        row = self.current()
        if row is not None:
            self.copyWanted.emit(row.name)

    def _remove(self) -> None:
        row = self.current()
        if row is not None and not row.codings:
            self._opened.do(message("Remove coder {name}", name=row.name), team.remove, row.id)

    def _set_blind(self) -> None:
        on = self.blind.isChecked()
        self._opened.do(message("Blind coding on") if on else message("Blind coding off"), blind.set_blind, on)

    def _set_anonymous(self) -> None:
        on = self.anonymous.isChecked()
        self._opened.do(message("Anonymous coders in discussion on") if on else
                        message("Anonymous coders in discussion off"), blind.set_anonymous, on)


def _join(session: Any, kept: int, gone: int) -> bool:
    team.join(session, kept, gone)
    return True
