"""A project copied whole to another place: from file to server, back, or between two of a kind.

All goes along: every table, the change log with what can be undone, all text versions, the key of names. It is the
researcher's own move; what others get is a package. The place where it goes appears whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from corpora import search
from corpora.errors import ProjectError
from corpora.models import TextContent
from corpora.store.copying import Report, copy_rows
from corpora.store.project import SUFFIX, Project, remove_file


def _silent(_done: float, _total: float) -> None:
    return None


def move(place: str, target: str, report: Report = _silent) -> dict[str, int]:
    """Copy the project at `place` to `target`; returns the rows per table. Never overwrites; what `report` raises
    ends the copying, and then nothing stands at the target."""
    source = Project.open(place)
    try:
        into = _new_server(target) if "://" in target else _new_file(Path(target))
        with source.moment() as old, into as new:
            counts = copy_rows(old, new, report)
            _index(new, report)
        return counts
    finally:
        source.close()


@contextmanager
def _new_server(address: str) -> Iterator[Connection]:
    with Project.made_within(address) as connection:
        yield connection


@contextmanager
def _new_file(path: Path) -> Iterator[Connection]:
    """A draft beside the target, which takes its name when all is there."""
    _refuse_existing(path)
    draft = path.with_name(f".{path.stem}.half{SUFFIX}")
    remove_file(draft)
    try:
        with Project.made_within(str(draft)) as connection:
            yield connection
        _take_name(draft, path)
    finally:
        remove_file(draft)


def _refuse_existing(path: Path) -> None:
    if path.suffix != SUFFIX:
        raise ProjectError("A project's name ends in {suffix}: {name} does not.", suffix=SUFFIX, name=path.name)
    if path.exists():
        raise ProjectError("{name} exists already. Choose another name.", name=path.name)


def _take_name(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)  # unlike a rename it never takes the place of a file that appeared meanwhile
    except FileExistsError:
        raise ProjectError("{name} exists already. Choose another name.", name=path.name) from None
    except OSError:  # a file system without links
        _refuse_existing(path)
        draft.rename(path)


def _index(target: Connection, report: Report) -> None:
    """Put the words of all texts in the search index."""
    session = Session(target)
    keys = list(session.scalars(select(TextContent.hash).order_by(TextContent.hash)))
    for key in keys:
        report(1, 1)
        search.add_text(session, key, session.scalars(select(TextContent.body).where(TextContent.hash == key)).one())
