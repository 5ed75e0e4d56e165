"""What was said: documents with their texts, speakers and turns, narratieven, respondents, attributes, the key.

Offsets are Unicode code points in the document's text in force, half-open.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now

KINDS = ("interview", "logboek", "kantelbox", "focusgroep", "overig")
"""The kinds of material of the method."""


class ProjectInfo(Travels, Base):
    """The project about itself; one row. `language` is that of sheet names and column heads ("nl" or "en")."""

    __tablename__ = "project_info"
    __named__ = ("title",)

    title: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="nl")
    created_at: Mapped[datetime] = mapped_column(default=now)


class RespondentGroup(Travels, Base):
    """A group of respondents, such as Managers."""

    __tablename__ = "respondent_group"
    __named__ = ("label",)

    label: Mapped[str] = mapped_column(String(200), unique=True)


class Respondent(Travels, Base):
    """A person who was interviewed or wrote; never by name after pseudonymising."""

    __tablename__ = "respondent"
    __named__ = ("label",)

    label: Mapped[str] = mapped_column(String(200))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("respondent_group.id"), index=True)


class Document(Travels, Base):
    """A transcript, logboek, kantelbox … `text_id` is the text version in force."""

    __tablename__ = "document"
    __named__ = ("title", "file_name", "note")

    title: Mapped[str] = mapped_column(String(300), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("respondent_group.id"), index=True)
    content_hash: Mapped[str] = mapped_column(ForeignKey("text_content.hash"))
    source_hash: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(String(300), default="")
    imported_at: Mapped[datetime] = mapped_column(default=now)
    note: Mapped[str] = mapped_column(Text, default="")


class TextContent(Base):
    """A text, kept under its own hash (SHA-256 of its UTF-8); never changed, so never in the change log."""

    __tablename__ = "text_content"
    __logged__ = False

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    length: Mapped[int]
    words: Mapped[int]


class TextVersion(Travels, Base):
    """That a document got another text: which came before, why, and how offsets moved (`edits`: JSON list of
    [start, end, length of the replacement] in the old text)."""

    __tablename__ = "text_version"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    old_hash: Mapped[str] = mapped_column(String(64))
    new_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(40))
    edits: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Speaker(Travels, Base):
    """Who speaks in a document, under the label that the transcript uses."""

    __tablename__ = "speaker"
    __named__ = ("label", "description")
    __constraints__ = (UniqueConstraint("document_id", "label"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    label: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(200), default="")
    interviewer: Mapped[bool]
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("respondent.id"), index=True)


class Turn(Row, Base):
    """What one speaker says without interruption, without label, time and brackets."""

    __tablename__ = "turn"
    __constraints__ = (Index("ix_turn_document_id_start", "document_id", "start"),)
    __spans__ = ("start", "end")

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    seconds: Mapped[float | None]


class Narratief(Travels, Base):
    """A fragment with a beginning and a plot: the unit of analysis. Narratieven of a document do not overlap.

    `counts` is False for *geen narratief*; numbers (nr) follow document order and are never stored. `proposed`: the
    program's proposal, not yet accepted, with `certainty` (0-1) and `reason` (messages as JSON list) of its beginning.
    """

    __tablename__ = "narratief"
    __named__ = ("reason",)
    __constraints__ = (Index("ix_narratief_document_id_start", "document_id", "start"),)
    __spans__ = ("start", "end")

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    start: Mapped[int]
    end: Mapped[int]
    counts: Mapped[bool] = mapped_column(default=True)
    proposed: Mapped[bool] = mapped_column(default=False)
    certainty: Mapped[float | None]
    reason: Mapped[str] = mapped_column(Text, default="")


class OwnBoundary(Row, Base):
    """A narratief as one coder cut it, kept beside the segmentation in force to measure agreement."""

    __tablename__ = "own_boundary"
    __constraints__ = (Index("ix_own_boundary_document_id_coder", "document_id", "coder_uuid", "start"),)
    __spans__ = ("start", "end")

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    coder_uuid: Mapped[UUID]
    start: Mapped[int]
    end: Mapped[int]


class Attribute(Travels, Base):
    """A property that documents can have, such as age."""

    __tablename__ = "attribute"
    __named__ = ("name",)

    name: Mapped[str] = mapped_column(String(200), unique=True)


class AttributeValue(Row, Base):
    """The value of an attribute for a document, as text; comparisons read numbers where both sides are numbers."""

    __tablename__ = "attribute_value"
    __named__ = ("value",)
    __constraints__ = (UniqueConstraint("document_id", "attribute_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    attribute_id: Mapped[int] = mapped_column(ForeignKey("attribute.id"), index=True)
    value: Mapped[str] = mapped_column(Text)


class Pseudonym(Travels, Base):
    """An entry of the key: a name and what stands for it in the texts. Destroying the key empties this table."""

    __tablename__ = "pseudonym"

    name: Mapped[str] = mapped_column(String(300), unique=True)
    pseudonym: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20), default="")


class NameDecision(Row, Base):
    """A suggested name that the researcher rejected: not a name, do not suggest it again."""

    __tablename__ = "name_decision"

    word: Mapped[str] = mapped_column(String(300), unique=True)


class Placed(Row, Base):
    """The stretch that row `about_id` of table `about` was said of, when a merge hung it on other narratieven; of a
    narratief itself: that it is there only for what hangs on it, as the cut in force leaves its words out. A row that
    says the same of another stretch and came to hang on the same narratief is not there: `stands_for` is its number.
    `said_at`: the stamp in the log of when somebody last said it of that stretch; empty when that was before the
    copies parted."""

    __tablename__ = "placed"
    __constraints__ = (Index("ix_placed_about", "about", "about_id"),)
    __spans__ = ("start", "end")

    about: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    stands_for: Mapped[int] = mapped_column(default=0)
    said_at: Mapped[str] = mapped_column(String(80), default="")


class SameAs(Row, Base):
    """That what has this UUID elsewhere is the row `about_id` of table `about` here: codes that became one, or things
    that two people made apart and that a merge found to be the same."""

    __tablename__ = "same_as"
    __constraints__ = (UniqueConstraint("about", "uuid"), Index("ix_same_as_about", "about", "about_id"))

    about: Mapped[str] = mapped_column(String(40))
    about_id: Mapped[int]
    uuid: Mapped[UUID]
