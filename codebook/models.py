"""What was coded: the codebook, coders, codings and what goes with them, and the questions asked of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now

LIBRARY = UUID("8f0c4f52-7d2b-5c0e-9a53-6e1f4b0a7c11")
"""Namespace of everything that ships: the same codebook has the same UUIDs in every project."""


def shipped_uuid(*names: str) -> UUID:
    """The fixed UUID of a shipped facet, code or group: uuid5 over library name, facet, label."""
    return uuid5(LIBRARY, "/".join(names))


class Coder(Travels, Base):
    """Somebody who codes; `role` is student or onderzoeker."""

    __tablename__ = "coder"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    role: Mapped[str] = mapped_column(String(20), default="student")


class Facet(Travels, Base):
    """A dimension of the instrument (WAT, WIE, HOE). `least` codes per narratief and coder are asked for."""

    __tablename__ = "facet"
    __named__ = ("description",)

    label: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    least: Mapped[int] = mapped_column(default=1)
    color: Mapped[str] = mapped_column(String(9), default="")


class Code(Travels, Base):
    """A code in a facet. `number` is what one types; `certain` is False where the instrument's source leaves doubt,
    which `note` explains. `synonyms` are lines of text."""

    __tablename__ = "code"
    __named__ = ("label", "definition", "use_when", "not_when", "example", "synonyms", "note", "kernelement")
    __constraints__ = (Index("ix_code_facet_id_position", "facet_id", "position"),)

    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    number: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    definition: Mapped[str] = mapped_column(Text, default="")
    use_when: Mapped[str] = mapped_column(Text, default="")
    not_when: Mapped[str] = mapped_column(Text, default="")
    example: Mapped[str] = mapped_column(Text, default="")
    synonyms: Mapped[str] = mapped_column(Text, default="")
    color: Mapped[str] = mapped_column(String(9), default="")
    certain: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")
    cmo_role: Mapped[str] = mapped_column(String(20), default="")
    kernelement: Mapped[str] = mapped_column(String(200), default="")


class CodeGroup(Travels, Base):
    """A group of codes across the tree, such as the instrument's subgroups."""

    __tablename__ = "code_group"
    __named__ = ("label",)
    __constraints__ = (UniqueConstraint("facet_id", "label"),)

    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"))
    label: Mapped[str] = mapped_column(String(200))


class CodeGroupMember(Row, Base):
    """That a code is in a group."""

    __tablename__ = "code_group_member"
    __constraints__ = (UniqueConstraint("group_id", "code_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("code_group.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)


class Coding(Row, Base):
    """Narratief × code × coder; the same code cannot stand twice. Merging matches on these three."""

    __tablename__ = "coding"
    __constraints__ = (UniqueConstraint("narratief_id", "code_id", "coder_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class NotMentioned(Row, Base):
    """*Niet genoemd*: a coder looked and the facet is not there; fulfils the facet's rule, excludes its codes."""

    __tablename__ = "not_mentioned"
    __named__ = ("reason",)
    __constraints__ = (UniqueConstraint("narratief_id", "facet_id", "coder_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"), index=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(default=now)


class Memo(Travels, Base):
    """A note on something: `about` names the table, `about_id` the row. Never text of the material."""

    __tablename__ = "memo"
    __named__ = ("body",)
    __constraints__ = (Index("ix_memo_about", "about", "about_id"),)

    about: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Flag(Row, Base):
    """*Bespreken*: a coder wants to talk about a narratief."""

    __tablename__ = "flag"
    __named__ = ("reason",)
    __constraints__ = (UniqueConstraint("narratief_id", "coder_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(default=now)


class Quote(Travels, Base):
    """A *citaat*: a stretch of the document's text inside a narratief, for reports."""

    __tablename__ = "quote"
    __constraints__ = (Index("ix_quote_document_id_start", "document_id", "start"),)
    __spans__ = ("start", "end")

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Done(Row, Base):
    """*Klaar*: a coder has finished a document; `overruled` when facets were still open."""

    __tablename__ = "done"
    __constraints__ = (UniqueConstraint("document_id", "coder_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    overruled: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Decision(Row, Base):
    """The decided coding of a narratief by a code, after comparing coders: yes or no, with the reason."""

    __tablename__ = "decision"
    __named__ = ("reason",)
    __constraints__ = (UniqueConstraint("narratief_id", "code_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    yes: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Deelvraag(Travels, Base):
    """A research question in part; everything hangs on its id, never on a printed number."""

    __tablename__ = "deelvraag"
    __named__ = ("label", "question")

    label: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class SavedQuery(Travels, Base):
    """A query kept under a deelvraag; live: it is run again whenever it is opened."""

    __tablename__ = "saved_query"
    __named__ = ("name", "expression", "note")

    deelvraag_id: Mapped[int | None] = mapped_column(ForeignKey("deelvraag.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    expression: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(12), default="narratief")
    codings: Mapped[str] = mapped_column(String(200), default="any")
    note: Mapped[str] = mapped_column(Text, default="")


class GridTemplate(Travels, Base):
    """A combination grid kept under a deelvraag: its facets and codes hang on it; `condition` is the expression that
    confines it, empty for all narratieven."""

    __tablename__ = "grid_template"
    __named__ = ("name", "condition")

    deelvraag_id: Mapped[int | None] = mapped_column(ForeignKey("deelvraag.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    condition: Mapped[str] = mapped_column(Text, default="")
    codings: Mapped[str] = mapped_column(String(200), default="any")
    position: Mapped[int] = mapped_column(default=0)


class GridAxis(Row, Base):
    """A facet of a grid; `every` when all codes it has at the moment stand in it."""

    __tablename__ = "grid_axis"
    __constraints__ = (UniqueConstraint("template_id", "facet_id"),)

    template_id: Mapped[int] = mapped_column(ForeignKey("grid_template.id"))
    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"), index=True)
    every: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class GridCode(Row, Base):
    """A code chosen for a facet of a grid; `below` when its sub-codes count as this code."""

    __tablename__ = "grid_code"
    __constraints__ = (UniqueConstraint("axis_id", "code_id", "below"),)

    axis_id: Mapped[int] = mapped_column(ForeignKey("grid_axis.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    below: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class GridCell(Travels, Base):
    """What was done with a combination of a grid: `status` is open, gelezen, beantwoord or leeg; `count` says how many
    narratieven it had then, `width` how many codes it is made of."""

    __tablename__ = "grid_cell"
    __named__ = ("interpretation",)

    template_id: Mapped[int] = mapped_column(ForeignKey("grid_template.id"), index=True)
    width: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(12), default="open")
    interpretation: Mapped[str] = mapped_column(Text, default="")
    count: Mapped[int] = mapped_column(default=0)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class GridCellCode(Row, Base):
    """A code of a cell's combination, as the grid had it."""

    __tablename__ = "grid_cell_code"
    __constraints__ = (UniqueConstraint("cell_id", "code_id", "below"),)

    cell_id: Mapped[int] = mapped_column(ForeignKey("grid_cell.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    below: Mapped[bool] = mapped_column(default=False)


class GridSeen(Row, Base):
    """A narratief that stood in a cell when it was marked."""

    __tablename__ = "grid_seen"
    __constraints__ = (UniqueConstraint("cell_id", "narratief_id"),)

    cell_id: Mapped[int] = mapped_column(ForeignKey("grid_cell.id"))
    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"), index=True)


class Snapshot(Travels, Base):
    """A *momentopname*: the narratieven that answered a query at one moment; `count` how many they were then."""

    __tablename__ = "snapshot"
    __named__ = ("name", "expression")

    deelvraag_id: Mapped[int | None] = mapped_column(ForeignKey("deelvraag.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    expression: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(String(12), default="narratief")
    codings: Mapped[str] = mapped_column(String(200), default="any")
    count: Mapped[int] = mapped_column(default=0)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class SnapshotMember(Row, Base):
    """A narratief of a momentopname."""

    __tablename__ = "snapshot_member"
    __constraints__ = (UniqueConstraint("snapshot_id", "narratief_id"),)

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"), index=True)
