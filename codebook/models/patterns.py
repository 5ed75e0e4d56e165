"""From narratieven to findings: themes and vraagpatronen, the quote bank, the member check, the texts of the report."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now

ANALYSIS_PHASES = ("exploreren", "specificeren", "integreren")
"""The three phases of the analysis of a deelvraag (specificeren: *specificeren en reduceren*)."""
PATTERN_TYPES = ("needs", "demands", "wants", "competence")
"""The types of vraagpatronen; a study may add its own."""
RESULTS = ("werkzame factor", "effect", "ervaring", "verbeterpunt")
"""As what kind of result a pattern stands in the report, one per deelvraag of the method; or another."""


PHASE_STATES = ("open", "bezig", "klaar")
"""How far a phase is. The phases are gone through more than once, so each has a state of its own."""


class AnalysisPhase(Row, Base):
    """How far one of the `ANALYSIS_PHASES` of a deelvraag is (one of `PHASE_STATES`), with a note on what was done; a
    phase without a row is open."""

    __tablename__ = "analysis_phase"
    __named__ = ("note",)
    __constraints__ = (UniqueConstraint("deelvraag_id", "phase"),)

    deelvraag_id: Mapped[int] = mapped_column(ForeignKey("deelvraag.id"))
    phase: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(8), default="open")
    note: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Theme(Travels, Base):
    """A theme under a deelvraag."""

    __tablename__ = "theme"
    __named__ = ("label", "description")

    deelvraag_id: Mapped[int] = mapped_column(ForeignKey("deelvraag.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)


class Pattern(Travels, Base):
    """A *vraagpatroon*: under a deelvraag and, when grouped, a theme. `kind` is one of `PATTERN_TYPES` or an own word,
    `result` one of `RESULTS` or empty; `conclusion` is what the report's last table says of it."""

    __tablename__ = "pattern"
    __named__ = ("label", "description", "taboos", "contradictions", "conclusion", "kind")

    deelvraag_id: Mapped[int] = mapped_column(ForeignKey("deelvraag.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    label: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(60), default="")
    result: Mapped[str] = mapped_column(String(40), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    taboos: Mapped[str] = mapped_column(Text, default="")
    contradictions: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int] = mapped_column(default=0)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class PatternEvidence(Travels, Base):
    """A narratief, or a quote out of it, behind a pattern; `direction` as in `realist.DIRECTIONS`.

    When its narratief is taken out of the segmentation the row stays, without one, and `place` says where it stood; the
    same for a quote that is let go of (`quoted`, but no quote). So evidence is never lost without anybody seeing it."""

    __tablename__ = "pattern_evidence"
    __named__ = ("note", "place")
    __follows__ = True
    __alike__ = ("pattern_id", "narratief_id", "quote_id", "direction", "note")

    pattern_id: Mapped[int] = mapped_column(ForeignKey("pattern.id"), index=True)
    narratief_id: Mapped[int | None] = mapped_column(ForeignKey("narratief.id"), index=True)
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"), index=True)
    direction: Mapped[str] = mapped_column(String(12), default="steunt")
    quoted: Mapped[bool] = mapped_column(default=False)
    place: Mapped[str] = mapped_column(String(320), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class QuoteCard(Row, Base):
    """What the quote bank knows of a quote: the role that stands under it (never a name), and whether it may be used
    (`wanted`); without a card the role follows from who speaks."""

    __tablename__ = "quote_card"
    __named__ = ("role", "note")

    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), unique=True)
    role: Mapped[str] = mapped_column(String(100), default="")
    wanted: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(Text, default="")


class QuoteCut(Travels, Base):
    """A stretch of a quote's document that is left out of it and shown as […]. Without a unique rule on `start`: a new
    version of the text moves all cuts of a quote one by one, past each other's old places."""

    __tablename__ = "quote_cut"
    __spans__ = ("start", "end")
    __alike__ = ("quote_id", "start")

    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]


class Factsheet(Travels, Base):
    """The factsheet for a respondent group: its own words around what the program fills in."""

    __tablename__ = "factsheet"
    __named__ = ("title", "opening", "closing")

    group_id: Mapped[int] = mapped_column(ForeignKey("respondent_group.id"), unique=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    opening: Mapped[str] = mapped_column(Text, default="")
    closing: Mapped[str] = mapped_column(Text, default="")


class FactsheetItem(Row, Base):
    """A pattern or a synthesis that stands in a factsheet (`about`, `about_id`), with the quote beside it."""

    __tablename__ = "factsheet_item"
    __constraints__ = (UniqueConstraint("factsheet_id", "about", "about_id"),)

    factsheet_id: Mapped[int] = mapped_column(ForeignKey("factsheet.id"))
    about: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quote.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class Sent(Travels, Base):
    """That a factsheet went to somebody: `recipient` is a respondent's label or a role, never a name; `text_hash` says
    which version it was."""

    __tablename__ = "factsheet_sent"
    __named__ = ("recipient", "way")

    factsheet_id: Mapped[int] = mapped_column(ForeignKey("factsheet.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(200))
    way: Mapped[str] = mapped_column(String(60), default="")
    text_hash: Mapped[str] = mapped_column(String(64), default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    sent_at: Mapped[datetime] = mapped_column(default=now)


class Reply(Travels, Base):
    """What a recipient answered, to which finding (`about`, `about_id`; empty: to the whole), and what was changed
    because of it (`change`; `settled` when that is done). `subject` is what the finding was called then: a reply stays
    when its finding is gone."""

    __tablename__ = "factsheet_reply"
    __named__ = ("body", "change", "subject")

    sent_id: Mapped[int] = mapped_column(ForeignKey("factsheet_sent.id"), index=True)
    about: Mapped[str] = mapped_column(String(40), default="")
    about_id: Mapped[int | None]
    subject: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text)
    agrees: Mapped[bool | None]
    change: Mapped[str] = mapped_column(Text, default="")
    settled: Mapped[bool] = mapped_column(default=False)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ReportText(Travels, Base):
    """The researcher's own words at a place of the report (`place`, a fixed key such as `inleiding`), which stay when
    the report is made anew."""

    __tablename__ = "report_text"
    __named__ = ("body",)

    place: Mapped[str] = mapped_column(String(80), unique=True)
    body: Mapped[str] = mapped_column(Text, default="")
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(default=now)
