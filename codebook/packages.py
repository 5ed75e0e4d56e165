"""Packages: a copy of the project for one coder, to work on elsewhere and to be merged back.

A package is a new file with what its coder may have and nothing else: never the key of names or an earlier text, and,
when blind, no other coder's work. What is left out was never in it, so a merge does not take that for deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Session

from codebook import coding
from codebook.blind import BLIND, setting
from codebook.models import Coder, Setting
from corpora import documents
from corpora.errors import ProjectError, UsageError
from corpora.messages import message
from corpora.models import Document, Pseudonym, TextContent
from corpora.pseudonyms import SECRET_TABLES, Replacement
from corpora.store.copies import make_copy
from corpora.store.dependants import model_of
from corpora.store.project import SUFFIX, Project

PACKAGE_CODER = "package_coder"
"""The setting that says for whom a package is."""

SHARED = {"project_info", "respondent_group", "respondent", "document", "text_version", "speaker", "turn", "narratief",
          "attribute", "attribute_value", "facet", "code", "code_group", "code_group_member", "coder", "setting",
          "assignment", "deelvraag", "kernelement", "kernelement_code", "same_as"}
"""What a blind package has of everybody."""
OWN = {"coding", "not_mentioned", "flag", "memo", "quote", "quote_card", "quote_cut", "done", "rechecked",
       "own_boundary"}
"""What a blind package has of its own coder only."""


@dataclass(frozen=True)
class Packed:
    """What is in a package."""

    file: str
    coder: str
    blind: bool
    documents: int
    narratieven: int
    codings: int


def package(project: Project, target: Path, name: str, *, blind: bool = False) -> Packed:
    """Write a package for a coder, who is made in it when new; never overwrites. The project itself stays as it is."""
    wanted = " ".join(name.split())
    if not wanted:
        raise UsageError("A coder needs a name.")
    if target.suffix != SUFFIX:
        raise ProjectError("A project's name ends in {suffix}: {name} does not.", suffix=SUFFIX, name=target.name)
    if target.exists():
        raise ProjectError("{name} exists already. Choose another name.", name=target.name)
    draft = target.with_name(f".{target.stem}.half{target.suffix}")
    with project.read() as session:
        coder = next((c for c in session.scalars(select(Coder)) if c.name.casefold() == wanted.casefold()), None)
        connection = session.connection()
        for ending in ("", "-wal", "-shm"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)
        made = make_copy(connection, draft, message("Package for {coder}", coder=wanted), project.author,
                         _chooser(session, coder, blind=blind), lambda new: _bring_texts(connection, new),
                         {"setting": _settings(session, wanted, blind=blind)})
    try:
        made.author = wanted
        made.step(message("Add coder {name}", name=wanted), coding.coder_id, wanted)
        packed = _counted(made, target, wanted, blind=blind)
    finally:
        made.close()
    draft.replace(target)
    return packed


def made_for(session: Session) -> str:
    """The coder for whom this project is a package; empty when it is none."""
    return setting(session, PACKAGE_CODER)


def _chooser(session: Session, coder: Coder | None, *,
             blind: bool) -> Callable[[Table, dict[str, Any]], dict[str, Any] | None]:
    replacement = Replacement({p.name: p.pseudonym for p in session.scalars(select(Pseudonym))})
    number, uuid = (coder.id, coder.uuid) if coder is not None else (None, None)

    def choose(table: Table, row: dict[str, Any]) -> dict[str, Any] | None:
        if table.name in SECRET_TABLES or (table.name == "setting" and row["key"] in (BLIND, PACKAGE_CODER)):
            return None
        if blind and not _may_see(table, row, number, uuid):
            return None
        named = model_of(table.name).__named__
        return {**row, **{n: replacement.text(row[n]) for n in named if row[n]}} if replacement.used else row

    return choose


def _may_see(table: Table, row: dict[str, Any], coder: int | None, uuid: Any) -> bool:
    if table.name not in OWN:
        return table.name in SHARED
    if "coder_id" in row:
        return bool(row["coder_id"] == coder)
    return bool(row["coder_uuid"] == uuid) if "coder_uuid" in row else True


def _settings(session: Session, name: str, *, blind: bool) -> list[dict[str, Any]]:
    last = max(session.scalars(select(Setting.id)), default=0)
    rows = [{"id": last + 1, "key": PACKAGE_CODER, "value": name}]
    return [*rows, {"id": last + 2, "key": BLIND, "value": "on"}] if blind else rows


def _bring_texts(source: Connection, made: Project) -> None:
    """The texts in force, each with its words in the search index."""
    with made.writing() as session:
        for key in source.execute(select(Document.content_hash).distinct()).scalars():
            body = source.execute(select(TextContent.body).where(TextContent.hash == key)).scalar_one()
            documents.keep_text(session, body)


def _counted(made: Project, target: Path, name: str, *, blind: bool) -> Packed:
    from codebook.counts import counts_of

    counts = counts_of(made)
    return Packed(target.name, name, blind, counts["documents"], counts["narratieven"], counts["codings"])
