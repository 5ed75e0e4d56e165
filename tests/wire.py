"""A wire between a program and the PostgreSQL server that can be cut, or fall silent, and be mended again."""

from __future__ import annotations

import contextlib
import select
import socket
import threading


class Wire:
    """Forwards `port` on this computer to the server on 5432. `cut` closes every connection and refuses new ones,
    `silence` keeps all open and lets nothing through, `mend` makes good."""

    def __init__(self, to: int = 5432) -> None:
        self._to, self._pairs = to, []
        self._is_open, self._is_silent, self._is_ended = True, threading.Event(), False
        self._pairs: list[tuple[socket.socket, socket.socket]]
        self._listening = self._listen(0)
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._carry, daemon=True).start()

    def _listen(self, port: int) -> socket.socket:
        found = socket.create_server(("127.0.0.1", port), backlog=50, reuse_port=False)
        found.setblocking(False)
        return found

    def address(self, place: str) -> str:
        """A project's address by way of this wire."""
        return place.replace(f":{self._to}/", f":{self.port}/")

    def cut(self) -> None:
        self._is_open = False
        self._listening.close()
        for pair in list(self._pairs):
            self._drop(pair)

    def silence(self) -> None:
        self._is_silent.set()

    def mend(self) -> None:
        self._is_silent.clear()
        if not self._is_open:
            self._listening = self._listen(self.port)
            self._is_open = True

    def end(self) -> None:
        self._is_ended = True
        self.cut()

    def _carry(self) -> None:
        while not self._is_ended:
            if self._is_silent.is_set() or not self._is_open:
                threading.Event().wait(0.01)
                continue
            with contextlib.suppress(OSError, ValueError):
                self._carry_once()

    def _carry_once(self) -> None:
        ends = [end for pair in self._pairs for end in pair]
        ready, _, _ = select.select([self._listening, *ends], [], [], 0.02)
        for end in ready:
            if end is self._listening:
                near, _ = self._listening.accept()
                self._pairs.append((near, socket.create_connection(("127.0.0.1", self._to))))
                continue
            pair = next((p for p in self._pairs if end in p), None)
            if pair is not None and not self._is_silent.is_set():
                self._pass_on(pair, end)

    def _pass_on(self, pair: tuple[socket.socket, socket.socket], end: socket.socket) -> None:
        other = pair[1] if end is pair[0] else pair[0]
        try:
            data = end.recv(65536)
            if not data:
                raise OSError
            other.sendall(data)
        except OSError:
            self._drop(pair)

    def _drop(self, pair: tuple[socket.socket, socket.socket]) -> None:
        if pair in self._pairs:
            self._pairs.remove(pair)
        for end in pair:
            end.close()
