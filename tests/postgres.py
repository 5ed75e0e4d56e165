"""A database of the test's own on a real PostgreSQL server; nothing else on that server is touched."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
NEEDED = "NARRATIEF_NEEDS_POSTGRES"
"""Set by `.ci/run`: then an unreachable server is a failure and no reason to skip."""


@contextmanager
def own_database() -> Iterator[str]:
    """The address of a new, empty database, as a project is addressed; dropped afterwards."""
    name = f"narratief_test_{os.getpid()}_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield f"postgresql+psycopg://postgres@127.0.0.1:5432/{name}"
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    try:
        with psycopg.connect(SERVER, autocommit=True, connect_timeout=5) as server:
            server.execute(statement.encode())
    except psycopg.OperationalError as error:
        if os.environ.get(NEEDED):
            raise
        pytest.skip(f"no PostgreSQL server answers on 127.0.0.1:5432 ({str(error).splitlines()[0]})")


class OwnServer:
    """A server of the test's own, on a free port, which may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._data = folder / "data"
        self._user = _other_user()
        folder.mkdir(parents=True, exist_ok=True)
        if self._user:
            shutil.chown(folder, self._user)
        self._run("initdb", "-D", str(self._data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale", "C")
        self._process: subprocess.Popen[bytes] | None = None

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def start(self, *options: str) -> None:
        command = self._command("postgres", "-D", str(self._data), "-p", str(self.port), "-k", str(self._data),
                                "-h", "127.0.0.1", *options)
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                         start_new_session=True)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self._plain("postgres"), connect_timeout=2).close()
                return
            time.sleep(0.1)
        raise AssertionError("the server did not start")

    def make(self, database: str) -> None:
        with psycopg.connect(self._plain("postgres"), autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{database}"'.encode())

    def kill(self) -> None:
        """Kill the server with all its processes, as when the power fails."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self._process.pid)], capture_output=True,
                                  text=True, check=False).stdout.split()
        for pid in (self._process.pid, *map(int, children)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self.kill()

    def _plain(self, database: str) -> str:
        return self.address(database).replace("+psycopg", "")

    def _run(self, *words: str) -> None:
        subprocess.run(self._command(*words), check=True, capture_output=True)

    def _command(self, name: str, *words: str) -> list[str]:
        program = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_program_folders()]))
        if program is None:
            if os.environ.get(NEEDED):
                raise AssertionError(f"{name} is not installed")
            pytest.skip(f"{name} is not installed")
        # A server refuses to run as root.
        other = ["setpriv", f"--reuid={self._user}", f"--regid={self._user}", "--clear-groups"] if self._user else []
        return [*other, program, *words]


def _program_folders() -> list[str]:
    return [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


def _other_user() -> str:
    return "postgres" if os.geteuid() == 0 else ""
