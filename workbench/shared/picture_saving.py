"""Pictures to files: where to, and written for print with a word at the foot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from corpora.errors import NarratiefError
from corpora.messages import message
from workbench.i18n import _
from workbench.project import OpenProject
from workbench.widgets.pictures.files import write_picture
from workbench.widgets.pictures.shapes import Drawing

ENDINGS = (".svg", ".png")
_IN_NAMES = {" × ": " x ", " → ": "-", "/": "-", ":": ""}


def ask_picture_file(opened: OpenProject, parent: QWidget, title: str) -> Path | None:
    """The file for a picture of this title; None when the question is put aside."""
    for sign, plain in _IN_NAMES.items():
        title = title.replace(sign, plain)
    path, kind = QFileDialog.getSaveFileName(parent, _("Save picture"), opened.beside(f"{title}.svg"),
                                             "SVG (*.svg);;PNG (*.png)")
    if not path:
        return None
    return Path(path if Path(path).suffix.lower() in ENDINGS else path + (".png" if "png" in kind else ".svg"))


def save_picture(opened: OpenProject, drawing: Drawing, path: Path) -> None:
    """Write a picture and say so; an error is told at the foot."""
    try:
        write_picture(drawing, path)
    except NarratiefError as error:
        opened.failed.emit(error.message)
        return
    opened.message.emit(message("Written: {file}", file=path.name), False)
