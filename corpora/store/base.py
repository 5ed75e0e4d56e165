"""The ground of every table: declarative base, mixins, column types and the session that keeps the change log."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> datetime:
    """The present moment in UTC, to the microsecond."""
    return datetime.now(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC on every database: SQLite gives times back without zone, PostgreSQL with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all models.

    `__logged__` is False for tables that the change log leaves out (texts, which never change in place).
    `__named__` lists the columns of free text that may hold a respondent's name.
    `__spans__` names the offset columns of rows that lie in a document's text and move with a new version.
    `__follows__` is True for rows that go to where their words are when a document is cut anew, `__alike__` lists
    columns by which two rows that come to hang on the same row are one.
    """

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), UUID: Uuid(as_uuid=True)}
    __logged__: ClassVar[bool] = True
    __spans__: ClassVar[tuple[str, ...]] = ()
    __named__: ClassVar[tuple[str, ...]] = ()
    __follows__: ClassVar[bool] = False
    __alike__: ClassVar[tuple[str, ...]] = ()


class Row:
    """A row with a local number that is never used twice, as undo puts rows back under their own number."""

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> Any:
        return (*getattr(cls, "__constraints__", ()), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)


class Travels(Row):
    """A row that can go to another project; merging matches on `uuid`."""

    uuid: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
