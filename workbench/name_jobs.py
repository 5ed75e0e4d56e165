"""Work on names that takes longer than a blink, as functions for `workbench.jobs` (no Qt here)."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora import naming, pseudonyms
from corpora.messages import message
from corpora.naming import Suggestion
from corpora.overview import known_names_by_document
from corpora.store.project import Project


def suggest(_progress: Any, texts: Mapping[str, str], ignored: Collection[str],
            known: Collection[str]) -> list[Suggestion]:
    """The names that texts probably hold; runs in the worker process."""
    return naming.suggest(texts, ignored=ignored, known=known)


def replace(_progress: Any, project: Project, key: Mapping[str, str], kinds: Mapping[str, str]) -> int:
    """Replace names as one step; returns the number of places."""
    label = message("Replace {n} names", n=len(key)) if len(key) != 1 else message("Replace one name")
    return project.step(label, pseudonyms.replace_names, key, kinds)


def destroy(_progress: Any, project: Project) -> list[str]:
    """Destroy the key; returns the backups that went with it."""
    return pseudonyms.destroy_key(project)


def known_names(_progress: Any, project: Project) -> dict[str, list[str]]:
    """Documents that hold names of the key."""
    with project.read() as session:
        return known_names_by_document(session)


def write_key(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """Write the key as a table that `pseudonymise --names` reads again."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        table = csv.writer(target, delimiter=";")
        table.writerow(["name", "pseudonym", "kind"])
        table.writerows(rows)
