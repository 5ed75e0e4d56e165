"""Tells the file dialogs what a project is by its name, so that they never look into one.

SQLite keeps its hold on an open file with POSIX locks, and a process loses all its locks on a file as soon as any
part of it opens and closes that file. A file dialog does so with every file whose name says nothing of its kind.
Another process (the worker, the command line) then takes the project for closed, tidies up its write-ahead log when
it is done, and what the window writes afterwards is gone with the window. The names of the kinds lie in `data/mime`
in the form of the shared MIME database, which Qt and GTK read in the folders of `XDG_DATA_DIRS`.
"""

from __future__ import annotations

import os
from importlib import resources

USUAL = "/usr/local/share:/usr/share"


def make_known() -> None:
    """Put the kinds of files where file dialogs look; to be called before the first one is opened."""
    own = str(resources.files("workbench") / "data")
    folders = (os.environ.get("XDG_DATA_DIRS") or USUAL).split(":")
    if own not in folders:
        os.environ["XDG_DATA_DIRS"] = ":".join([*folders, own])
