"""Files written whole or not at all, and zip archives whose bytes depend on their contents only."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from corpora.errors import NarratiefError

BEGIN = (1980, 1, 1, 0, 0, 0)
"""The moment given to every file in an archive: the earliest a zip archive can hold."""


class ExportError(NarratiefError):
    """A file that cannot be written."""


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """A place beside `path` to write to; it takes the place of `path` when all went well and is gone when not.

    ExportError when the folder is not there or may not be written, or the disk is full.
    """
    draft: Path | None = None
    try:
        draft = _draft(path)
        yield draft
        draft.replace(path)
    except OSError as error:
        raise _explained(error, path) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def _draft(path: Path) -> Path:
    if path.is_dir():
        raise ExportError("{name} is a folder. Give a name for the file.", name=path.name)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    # mkstemp makes files for the owner's eyes only; an export is an ordinary file.
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(0o666 & ~mask)
    return Path(name)


def _explained(error: OSError, path: Path) -> ExportError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ExportError("The disk is full: {name} was not written. Free some space and export again.",
                           name=path.name)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return ExportError("{name} cannot be written here: you may not write in this folder, or the file is open in "
                           "another program. Choose another folder, or close the file.", name=path.name)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return ExportError("{name} cannot be written: there is no folder {folder}. Make it first, or choose another.",
                           name=path.name, folder=str(path.parent))
    return ExportError("{name} could not be written: {why}.", name=path.name, why=error.strerror or str(error))


class SteadyZip(ZipFile):
    """A zip archive for writing in which no time of day is kept."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=6)

    def writestr(self, zinfo_or_arcname: ZipInfo | str, data: Any, compress_type: int | None = None,
                 compresslevel: int | None = None) -> None:
        """Write text or bytes under a name."""
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(_info(name), data, ZIP_DEFLATED, 6)

    def write(self, filename: Any, arcname: Any = None, compress_type: int | None = None,
              compresslevel: int | None = None) -> None:
        """Write a file under a name."""
        with Path(filename).open("rb") as source, self.opened(str(arcname or filename)) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def opened(self, name: str) -> IO[bytes]:
        """A file in the archive to write to, of any size."""
        return self.open(_info(name), "w", force_zip64=True)


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, BEGIN)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
