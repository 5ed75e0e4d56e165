"""Realist evaluation: kernelementen, CMO configurations with their evidence, focus-group sheets, syntheses.

A configuration has an identity of its own; codes only propose what could stand in it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now

ELEMENT_ROLES = ("context", "mechanisme-hulpbron", "mechanisme-redenering", "outcome")
"""What an element of a configuration is; the mechanism is a resource and the reasoning that it sets off."""
BASES = ("waargenomen", "verwacht", "geimpliceerd")
"""Whether what an element says was observed, expected or implied."""
STATUSES = ("vermoeden", "onderbouwd", "herzien", "verworpen")
"""How far a configuration has come."""
DIRECTIONS = ("steunt", "weerspreekt", "nuanceert")
"""What a narratief or quote does to what it is evidence for."""
LINKS = ("rivaal", "verfijnt", "outcome-wordt-context")
"""How one configuration stands to another."""
SHEET_FIELDS = ("mechanisme_interventie", "waarom_werkt", "context_intern", "context_extern", "outcome",
                "verbeterpunten")
"""The fields of the focus-group sheet."""
SHEET_ACTORS = ("klant", "professional", "expertnetwerk", "wijk")
"""For whom an outcome of the sheet holds."""
PHASES = ("alleen", "samen", "plenair")
"""How far a sheet has come: filled by one participant, completed with a second, spoken through by all."""


class Kernelement(Travels, Base):
    """A core element of the approach that is evaluated. Its codes hang on it through `KernelementCode`."""

    __tablename__ = "kernelement"
    __named__ = ("label", "description")

    label: Mapped[str] = mapped_column(String(200), unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class KernelementCode(Row, Base):
    """That a code is named as the code of a kernelement."""

    __tablename__ = "kernelement_code"
    __constraints__ = (UniqueConstraint("kernelement_id", "code_id"),)

    kernelement_id: Mapped[int] = mapped_column(ForeignKey("kernelement.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)


class Configuration(Travels, Base):
    """A CMO configuration, whole or in part; `statement` is the restatement (*als … dan … omdat …*), `status` one of
    `STATUSES`."""

    __tablename__ = "configuration"
    __named__ = ("title", "statement", "intervention", "note")

    kernelement_id: Mapped[int] = mapped_column(ForeignKey("kernelement.id"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    statement: Mapped[str] = mapped_column(Text, default="")
    intervention: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12), default="vermoeden")
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ConfigurationElement(Travels, Base):
    """A context, resource, reasoning or outcome of a configuration. `actor` is a label (of a WIE code or of the sheet),
    `valence` 1 supporting, -1 hindering, 0 neither, `basis` one of `BASES`; `code_id` the code that proposed it."""

    __tablename__ = "configuration_element"
    __named__ = ("actor", "text")

    configuration_id: Mapped[int] = mapped_column(ForeignKey("configuration.id"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    valence: Mapped[int] = mapped_column(default=0)
    basis: Mapped[str] = mapped_column(String(12), default="waargenomen")
    code_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class Evidence(Travels, Base):
    """A narratief, or a quote out of it, that speaks for or against an element, or against the configuration as a
    whole (`element_id` empty). `direction` is one of `DIRECTIONS`.

    When its narratief is taken out of the segmentation the row stays, without one, and `place` says where it stood; the
    same for a quote that is let go of (`quoted`, but no quote). So evidence is never lost without anybody seeing it."""

    __tablename__ = "evidence"
    __named__ = ("note", "place")
    __follows__ = True
    __alike__ = ("configuration_id", "element_id", "narratief_id", "quote_id", "direction", "note")

    configuration_id: Mapped[int] = mapped_column(ForeignKey("configuration.id"), index=True)
    element_id: Mapped[int | None] = mapped_column(ForeignKey("configuration_element.id"), index=True)
    narratief_id: Mapped[int | None] = mapped_column(ForeignKey("narratief.id"), index=True)
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"), index=True)
    direction: Mapped[str] = mapped_column(String(12), default="steunt")
    quoted: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(320), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ConfigurationLink(Row, Base):
    """How configuration `source_id` stands to `target_id`: one of `LINKS`."""

    __tablename__ = "configuration_link"
    __named__ = ("note",)
    __constraints__ = (UniqueConstraint("source_id", "target_id", "kind"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("configuration.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("configuration.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    note: Mapped[str] = mapped_column(Text, default="")


class Rewording(Travels, Base):
    """That a wording was changed: of which row (`about`, `about_id`) which `field`, from what to what, who, when, why.
    Kept beside the change log, as the reason is part of the research."""

    __tablename__ = "rewording"
    __named__ = ("old", "new", "reason")
    __constraints__ = (Index("ix_rewording_about", "about", "about_id"),)

    about: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str] = mapped_column(Text, default="")
    new: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Sheet(Travels, Base):
    """A focus-group sheet about a kernelement, filled at a `session`; `phase` is one of `PHASES`, `source` the file
    that it came from, `note` a remark on it."""

    __tablename__ = "cmo_sheet"
    __named__ = ("session", "participant", "source", "note")

    kernelement_id: Mapped[int] = mapped_column(ForeignKey("kernelement.id"), index=True)
    session: Mapped[str] = mapped_column(String(200), default="")
    participant: Mapped[str] = mapped_column(String(200), default="")
    phase: Mapped[str] = mapped_column(String(12), default="alleen")
    source: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime] = mapped_column(default=now)


class SheetEntry(Travels, Base):
    """A line of a sheet: in which field (and for which actor, when it is an outcome), the role of who wrote it, and in
    which of the `PHASES` (empty: not known)."""

    __tablename__ = "cmo_sheet_entry"
    __named__ = ("text", "author_role")

    sheet_id: Mapped[int] = mapped_column(ForeignKey("cmo_sheet.id"), index=True)
    field: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(24), default="")
    text: Mapped[str] = mapped_column(Text)
    author_role: Mapped[str] = mapped_column(String(100), default="")
    phase: Mapped[str] = mapped_column(String(12), default="")
    position: Mapped[int] = mapped_column(default=0)


class Synthesis(Travels, Base):
    """What is concluded about a kernelement, one per kernelement."""

    __tablename__ = "synthesis"
    __named__ = ("wording", "counter", "conclusion", "reply")

    kernelement_id: Mapped[int] = mapped_column(ForeignKey("kernelement.id"), unique=True)
    wording: Mapped[str] = mapped_column(Text, default="")
    counter: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")
    reply: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class SynthesisConfiguration(Row, Base):
    """A configuration that stands behind a synthesis."""

    __tablename__ = "synthesis_configuration"
    __constraints__ = (UniqueConstraint("synthesis_id", "configuration_id"),)

    synthesis_id: Mapped[int] = mapped_column(ForeignKey("synthesis.id"))
    configuration_id: Mapped[int] = mapped_column(ForeignKey("configuration.id"), index=True)
