"""Rows as plain values, on their way into the change log and back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, Uuid

from corpora.store.base import UtcDateTime

PACK_ABOVE = 2_000
"""Payloads longer than this many bytes are stored compressed."""


@dataclass(frozen=True)
class RowChange:
    """The change of one or more rows of a table in one go.

    `op` is insert, update or delete; `before` and `after` hold the values of `columns` per row (None where the row
    did not exist). `columns` always begins with `id`.
    """

    table: str
    op: str
    columns: tuple[str, ...]
    before: list[list[Any]] | None
    after: list[list[Any]] | None

    @property
    def ids(self) -> list[int]:
        """The numbers of the rows that changed."""
        return [row[0] for row in (self.after or self.before or [])]

    def __len__(self) -> int:
        return len(self.after or self.before or [])

    def inverse(self) -> RowChange:
        """The change that takes this one back."""
        op = {"insert": "delete", "delete": "insert", "update": "update"}[self.op]
        return RowChange(self.table, op, self.columns, self.after, self.before)

    def pack(self) -> bytes:
        """The payload as stored: JSON, compressed when long; the first byte says which."""
        text = json.dumps({"c": self.columns, "b": self.before, "a": self.after}, ensure_ascii=False,
                          separators=(",", ":")).encode()
        return b"j" + text if len(text) < PACK_ABOVE else b"z" + zlib.compress(text, 3)

    @classmethod
    def unpack(cls, table: str, op: str, payload: bytes) -> RowChange:
        """The change that `pack` wrote."""
        text = payload[1:] if payload[:1] == b"j" else zlib.decompress(payload[1:])
        found = json.loads(text)
        return cls(table, op, tuple(found["c"]), found["b"], found["a"])


def to_plain(value: Any) -> Any:
    """A column value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return value.hex if isinstance(value, UUID) else value


def from_plain(column: Column[Any], value: Any) -> Any:
    """The column value behind a JSON value."""
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return UUID(value) if isinstance(column.type, Uuid) else value


def plain_row(row: Mapping[str, Any], columns: Sequence[str]) -> list[Any]:
    """The values of `columns` of a row mapping, as JSON can hold them."""
    return [to_plain(row[name]) for name in columns]


def values_of(table: Table, columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """A logged row as values that can be written to its table."""
    return {name: from_plain(table.c[name], value) for name, value in zip(columns, row, strict=True)}
