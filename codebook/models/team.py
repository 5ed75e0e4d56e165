"""Coding together: who codes what, the practice mode, what must be looked at again, settings of the project."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now


class Setting(Row, Base):
    """A setting that belongs to the project and not to a person, such as `blind`."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(Text, default="")


class Assignment(Row, Base):
    """That a coder is asked to code a document."""

    __tablename__ = "assignment"
    __constraints__ = (UniqueConstraint("document_id", "coder_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Rechecked(Row, Base):
    """That a coder looked again at a coding after the definition of its code had changed."""

    __tablename__ = "rechecked"
    __constraints__ = (UniqueConstraint("narratief_id", "code_id", "coder_id"),)

    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"))
    code_id: Mapped[int] = mapped_column(ForeignKey("code.id"), index=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class PracticeSet(Travels, Base):
    """A fixed set of narratieven for the *oefenmodus*; the codings of coder `key_id` are the key, or the decided set
    when there is none."""

    __tablename__ = "practice_set"
    __named__ = ("name",)

    name: Mapped[str] = mapped_column(String(200), unique=True)
    key_id: Mapped[int | None] = mapped_column(ForeignKey("coder.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class PracticeItem(Row, Base):
    """A narratief of a practice set."""

    __tablename__ = "practice_item"
    __constraints__ = (UniqueConstraint("set_id", "narratief_id"),)

    set_id: Mapped[int] = mapped_column(ForeignKey("practice_set.id"))
    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class PracticeRound(Travels, Base):
    """A coder's attempt at a practice set; answers stay apart from codings, so that one can begin anew."""

    __tablename__ = "practice_round"

    set_id: Mapped[int] = mapped_column(ForeignKey("practice_set.id"), index=True)
    coder_id: Mapped[int] = mapped_column(ForeignKey("coder.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class PracticeAnswer(Row, Base):
    """A code given in a round; a narratief answered with no code of a facet has a row without code there."""

    __tablename__ = "practice_answer"
    __constraints__ = (UniqueConstraint("round_id", "narratief_id", "facet_id", "code_id"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("practice_round.id"))
    narratief_id: Mapped[int] = mapped_column(ForeignKey("narratief.id"), index=True)
    facet_id: Mapped[int] = mapped_column(ForeignKey("facet.id"), index=True)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("code.id"), index=True)
