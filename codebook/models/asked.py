"""What is asked of the codings: deelvragen with their queries, grids and momentopnamen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from corpora.store.base import Base, Row, Travels, now


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
