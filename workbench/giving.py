"""What goes out of the window: exports from the File menu, in the background, whole or not at all."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.jobs import jobs
from workbench.mainwindow import MainWindow
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.app import Desk


def exports() -> list[tuple[str, str, str, str]]:
    """Key, name in the menu, shortcut and file ending of everything that the File menu gives out."""
    return [
        ("workbook", _("&Excel workbook of everything…"), "Ctrl+E", ".xlsx"),
        ("codings", _("Codings as a table (CSV)…"), "", ".csv"),
        ("long", _("Narratieven and codings, a line each (CSV)…"), "", ".csv"),
        ("matrix", _("Codes as 0 and 1, for statistics (CSV)…"), "", ".csv"),
        ("codebook", _("Codebook…"), "", ".xlsx"),
        ("transcript", _("Transcript with codes in the margin…"), "", ".docx"),
        ("report", _("Report…"), "", ".docx"),
        ("audit", _("Who did what, when and why…"), "", ".xlsx"),
        ("archive", _("Archive of the whole project…"), "", ".zip"),
    ]


class Giving(QObject):
    """Adds the exports to a window's File menu and carries them out; it lives as long as the window does."""

    def __init__(self, desk: Desk, window: MainWindow) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._settings: Settings = desk.settings
        window.menus.add_line("file")
        for key, name, shortcut, ending in exports():
            window.menus.add("file", f"export_{key}", name, partial(self.ask, key, ending), shortcut)

    def ask(self, form: str, ending: str) -> None:
        """Ask where to, then write."""
        project = cast(Any, self._desk.project)
        if project is None:
            self._window.show_message(_("Open a project first."), error=True)
            return
        document = self._document() if form == "transcript" else None
        name = document or project.project.name
        path, _kind = QFileDialog.getSaveFileName(self._window, _("Export"), project.beside(f"{name}{ending}"),
                                                  f"*{ending}")
        if path:
            self.write(Path(path if Path(path).suffix else f"{path}{ending}"), form, document)

    def write(self, path: Path, form: str, document: str | None = None) -> None:
        """Write an export in the background and say at the foot what came of it."""
        project = cast(Any, self._desk.project).project
        jobs().run(write_out, project, path, form, document, title=_("Writing {file}", file=path.name),
                   on_result=lambda lines: self._window.show_message("  ".join(_(line) for line in lines)),
                   on_error=self._tell)

    def _document(self) -> str | None:
        """The document in hand, as far as the place in sight has one; else the first."""
        project = cast(Any, self._desk.project)
        titles = project.reading.titles
        widget = self._window.place_widget(self._window.here())
        shown = getattr(widget, "document_id", None)
        number = shown() if callable(shown) else shown
        return titles.get(number) or next(iter(titles.values()), None)

    def _tell(self, error: BaseException) -> None:
        if not isinstance(error, NarratiefError):
            raise error
        self._window.show_message(error.message, error=True)


def write_out(progress: Any, project: Any, path: Path, form: str, document: str | None = None,
              group: str | None = None) -> list[Any]:
    """Write an export and say what came of it. Runs in a thread with a reading of its own, so that coding goes on
    meanwhile."""
    from codebook.reading import Reading
    from corpora.messages import Translator, message
    from corpora.models import ProjectInfo
    from exports import giving

    with project.read() as session:
        info = session.get(ProjectInfo, 1)
    reading = Reading(project, project.author)
    wanted = giving.Wanted(path, giving.form_of(path, form), document=document, group=group)
    told = giving.prepare(reading, wanted)
    lost = giving.write(reading, wanted, Translator(info.language if info else "nl"), progress)
    lines = [message("{file} was written.", file=path.name), *told]
    if giving.holds_key(reading, wanted):
        lines.append(message("The archive holds the key that leads from pseudonyms to names. Keep it to yourself, or "
                             "destroy the key and export again."))
    return lines + [message("Not taken along: {what} ({name}): {count}", what=message(one.what), name=one.name,
                            count=one.count) for one in lost]
