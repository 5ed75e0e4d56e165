"""What was coded: the codebook, coders, codings and what goes with them."""

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


CMO_ROLES = ("context", "context-steunend", "context-belemmerend", "mechanisme", "outcome", "verbeterpunt")
"""The roles that a code can have in realist evaluation; the three contexts are counted as one."""


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
    which `note` explains. `synonyms` are lines of text. `cmo_role` is one of `CMO_ROLES` or empty."""

    __tablename__ = "code"
    __named__ = ("label", "definition", "use_when", "not_when", "example", "synonyms", "note")
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
    """The decided coding of a narratief by a code, after comparing coders: yes or no, with the reason. `seen` is a
    fingerprint of what coders gave in this facet of the narratief then, so that a later change shows."""

    __tablename__ = "decision"
    __named__ = ("reason",)
    __constraints__ = (UniqueConstraint("narratief_id", "code_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    yes: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    seen: Mapped[str] = mapped_column(String(32), default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
