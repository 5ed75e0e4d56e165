"""What is done with the sheets of the focus group: each a step; forms come and go as Word documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from codebook import cmo, cmo_files, cmo_sheets
from codebook.cmo_sheets import Place
from corpora.errors import NarratiefError
from corpora.messages import message
from corpora.store.project import Project
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.project import OpenProject

PARTS = {"mechanisme_interventie": "mechanisme-hulpbron", "waarom_werkt": "mechanisme-redenering",
         "context_intern": "context", "context_extern": "context", "outcome": "outcome"}
"""Field of the form → part of a configuration; a verbeterpunt stands in none."""


class SheetDeeds(QObject):
    """`landed(kernelement name)` after a form was read in."""

    landed = Signal(str)

    def __init__(self, opened: OpenProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened

    def add(self, kernelement_id: int) -> int | None:
        """Make an empty sheet."""
        return self._opened.do(message("Make sheet"), cmo_sheets.add, kernelement_id)

    def describe(self, sheet_id: int, **properties: str) -> None:
        """Say when, by whom and how far a sheet was filled."""
        self._opened.do(message("Describe sheet"), cmo_sheets.describe, sheet_id, **properties)

    def remove(self, sheet_id: int) -> None:
        """Take a sheet away with its lines."""
        self._opened.do(message("Take sheet away"), cmo_sheets.remove, sheet_id)

    def write(self, sheet_id: int, place: Place, text: str, author_role: str) -> None:
        """Write a line on a sheet."""
        self._opened.do(message("Write a line on the sheet"), cmo_sheets.add_entry, sheet_id, place[0], text,
                        actor=place[1], author_role=author_role)

    def reword(self, entry_id: int, text: str) -> None:
        """Change a line; empty, it goes."""
        self._opened.do(message("Change a line of the sheet"), _reword, entry_id, text)

    def strike(self, entry_id: int) -> None:
        """Take a line off."""
        self._opened.do(message("Take a line off the sheet"), cmo_sheets.remove_entry, entry_id)

    def configure(self, kernelement_id: int) -> int | None:
        """Begin a configuration with what the sheets say together."""
        return self._opened.do(message("Configuration from the sheets"), _configure, self._opened.coder_id,
                               kernelement_id)

    # forms

    def print_form(self, path: Path, paper: str, kernelementen: list[str]) -> None:
        """Write empty forms as a Word document, in the background."""
        jobs().run(_write, self._opened.project, path, paper, kernelementen, title=_("Writing the form"),
                   on_result=lambda made: self._opened.message.emit(message("Written: {file}", file=made.name), False),
                   on_error=self._opened.tell)

    def read_form(self, path: Path) -> None:
        """Read a filled form, or a file with CMO findings, in."""
        from exports.form_cmo_reading import read_form

        try:
            findings = cmo_files.read(path) if path.suffix.lower() == ".json" else read_form(path)
        except (NarratiefError, OSError) as error:
            self._opened.tell(error)
            return
        found = self._opened.do(message("CMO findings from {file}", file=path.name), cmo_files.put, findings,
                                self._opened.coder)
        if found is not None:
            self._opened.message.emit(message(
                "New: {kernelementen} kernelementen, {sheets} sheets, {lines} lines, {configurations} configurations.",
                kernelementen=found.kernelementen, sheets=found.sheets, lines=found.lines,
                configurations=found.configurations), True)
            self.landed.emit(findings[0].kernelement if findings else "")


def _reword(session: Session, entry_id: int, text: str) -> None:
    cmo_sheets.change_entry(session, entry_id, text=text)


def _configure(session: Session, coder: int, kernelement_id: int) -> int:
    lines = cmo_sheets.aggregated(cmo_sheets.sheets(session, kernelement_id))
    made = cmo.add(session, coder, kernelement_id, _("From the focus group"))
    for (field, actor), some in lines.items():
        for line in some if field in PARTS else ():
            cmo.add_element(session, made, PARTS[field], line.text, actor=actor, basis="verwacht")
    return made


def _write(_progress: Any, project: Project, path: Path, paper: str, kernelementen: list[str]) -> Path:
    from exports import forms
    from workbench.cli.projects import project_translator

    forms.write("cmo", forms.Wanted(path, paper, kernelementen), project_translator(project))
    return path
