"""Says in the user's words what a database says in its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NoResultFound, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from corpora.errors import AwayError, ConflictError, NarratiefError, ProjectError

GONE = (NoResultFound, ObjectDeletedError, StaleDataError)
"""What an operation runs into when the row it works on was taken away."""


@contextmanager
def clear_errors(path: Path | None) -> Iterator[None]:
    """Errors of the database as errors of ours; `path` is None for a project on a server."""
    try:
        yield
    except NarratiefError:
        raise
    except DBAPIError as error:
        raise (_of_file(error, path) if path is not None else _of_server(error)) from error
    except GONE as error:
        if path is not None:
            raise
        raise ConflictError("Somebody else has taken away what this is about. Nothing of it was kept; look at the "
                            "place again and do it once more if need be.") from error


def _of_file(error: DBAPIError, path: Path) -> Exception:
    if not isinstance(error, OperationalError) and "DatabaseError" not in type(error).__name__:
        return error
    said = str(error.orig).lower()
    for sign, template in _FILE.items():
        if sign in said:
            return ProjectError(template, name=path.name)
    return ProjectError("{name} could not be read or written ({said}).", name=path.name, said=str(error.orig))


def _of_server(error: DBAPIError) -> Exception:
    code = getattr(error.orig, "sqlstate", None) or ""
    said = " ".join(str(error.orig).split()).rsplit("FATAL: ", 1)[-1].strip()
    if isinstance(error, IntegrityError):
        return _clash(error, code)
    if isinstance(error, DataError):
        return ProjectError("The server does not take what was written ({said}).", said=said)
    if code in _CODES:
        return _CODES[code][0](_CODES[code][1], said=said)
    for sign, kind, template in _SAID:
        if sign in said.lower():
            return kind(template, said=said)
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return AwayError(AWAY, said=said)
    return error


def _clash(error: IntegrityError, code: str) -> Exception:
    if code == "23503":
        return ConflictError("Somebody else has taken away what this is about. Nothing of it was kept; look at the "
                             "place again and do it once more if need be.")
    if code == "23505":
        return ConflictError("Somebody else has just made the same. Look at theirs; nothing of yours was kept.")
    return error


AWAY = "The project server cannot be reached. Check the connection and try again."
BUSY = "Somebody else is busy with a long step in this project. Wait a moment and do it again."
RIGHTS = ("You have no rights to do this in the database. Ask who looks after the server to make you a member of the "
          "role that owns it ({said}).")
PASSWORD = "The server does not accept this name with this password. Give the password anew."
NO_DATABASE = "There is no such database on the server ({said}). Ask for the right name, or have it made there."
NO_PASSWORD = "The server asks for a password. Give it, or put it in ~/.pgpass."

_CODES: dict[str, tuple[type[ProjectError], str]] = {
    "55P03": (ProjectError, BUSY),
    "40001": (ConflictError, BUSY),
    "40P01": (ConflictError, BUSY),
    "57014": (ProjectError, "The server broke this off, as it took too long."),
    "57P01": (AwayError, AWAY),
    "57P02": (AwayError, AWAY),
    "57P03": (AwayError, "The server is just starting or stopping. Try again in a moment."),
    "25P03": (AwayError, AWAY),
    "53300": (AwayError, "The server has no room for one more connection. Try again in a moment."),
    "53100": (ProjectError, "The disk of the server is full: the last change was not kept."),
    "25006": (ProjectError, "This server can only be read from. Ask for the address of the one that is written to."),
    "42501": (ProjectError, RIGHTS),
    "28P01": (ProjectError, PASSWORD),
    "28000": (ProjectError, "The server does not let you in under this name, or not from here ({said})."),
    "3D000": (ProjectError, NO_DATABASE),
}
"""By the code that PostgreSQL gives."""

_SAID: list[tuple[str, type[ProjectError], str]] = [
    ("ssl was required", ProjectError, "The server does not encrypt its connections (TLS), and the address asks for "
                                       "it. Have TLS put on there, or take sslmode from the address."),
    ("certificate", ProjectError, "The server's certificate (TLS) is not trusted here ({said})."),
    ("no encryption", ProjectError, "The server lets you in over an encrypted connection only. Put ?sslmode=require "
                                    "behind the address."),
    ("ssl off", ProjectError, "The server lets you in over an encrypted connection only. Put ?sslmode=require behind "
                              "the address."),
    ("ssl error", AwayError, AWAY),
    ("no pg_hba.conf entry", ProjectError, "The server does not let you in under this name, or not from here "
                                           "({said})."),
    ("no password supplied", ProjectError, NO_PASSWORD),
    ("password authentication failed", ProjectError, PASSWORD),
    ('database "', ProjectError, NO_DATABASE),
    ('role "', ProjectError, "The server does not let you in under this name, or not from here ({said})."),
    ("permission denied", ProjectError, RIGHTS),
    ("too many", AwayError, "The server has no room for one more connection. Try again in a moment."),
    ("remaining connection slots", AwayError, "The server has no room for one more connection. Try again in a moment."),
    ("starting up", AwayError, "The server is just starting or stopping. Try again in a moment."),
    ("shutting down", AwayError, "The server is just starting or stopping. Try again in a moment."),
    ("resolve", AwayError, "No server of this name is known ({said}). Check the address and the connection."),
    ("name or service not known", AwayError, "No server of this name is known ({said}). Check the address and the "
                                             "connection."),
    ("refused", AwayError, "No server answers at this address. Check address and port, or whether it is on."),
    ("timeout", AwayError, "No server answers at this address. Check address and port, or whether it is on."),
]
"""By what it says while a connection is being made, when it gives no code."""

_FILE = {
    "disk is full": "The disk is full: the last change of {name} was not kept. Free some space and do it again.",
    "readonly": "{name} is read-only. Copy it to a folder where you may write, and open the copy.",
    "read-only": "{name} is read-only. Copy it to a folder where you may write, and open the copy.",
    "unable to open": "{name} cannot be opened here. Check that the folder exists and that you may write in it.",
    "not a database": "{name} is not a Narratief project.",
    "malformed": "{name} is damaged. Open the newest backup beside it; nothing was changed.",
    "locked": "{name} is in use by another program. Close it there and try again.",
    "disk i/o": "The disk could not be read or written for {name}. Check the disk, then open the project again.",
}
