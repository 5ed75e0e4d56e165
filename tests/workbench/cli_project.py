"""Running the command line in tests, on a small project."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from workbench.cli.main import main

TRANSCRIPT = """I: Hoe ziet een gewone werkdag eruit?
R: Druk, maar mooi. Gisteren zat ik bij een mevrouw aan de keukentafel en die had zelf al een plan.
I: En hoe bevalt het leren in het team?
R: Goed. De facilitator stelde één vraag en toen viel het kwartje bij ons allemaal.
I: Wat zou u anders willen?
R: Minder formulieren, want daar gaat een halve dag per week in zitten.
"""


@dataclass(frozen=True)
class Answer:
    """What a command gave: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Stdout as the one JSON document that it must be."""
        return json.loads(self.out)

    @property
    def fault(self) -> str:
        """The one clear line of a command that could not do its work."""
        lines = self.err.strip().splitlines()
        assert self.code == 1, (self.code, self.err)
        assert len(lines) == 1, lines
        assert "Traceback" not in self.err
        return lines[0]


class Line:
    """The command line on one project."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.place = folder / "study.narratief"
        self._capsys = capsys

    def raw(self, *words: object) -> Answer:
        """Run a command; wrong usage gives code 2, as in a shell."""
        self._capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = self._capsys.readouterr()
        return Answer(code, said.out, said.err)

    def __call__(self, command: str, *words: object) -> Answer:
        """Run a command on the project."""
        return self.raw(command, self.place, *words)

    def file(self, name: str, content: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def fill(self) -> None:
        """One cut and coded interview."""
        assert self("new").code == 0
        assert self("import", self.file("Interview 1.txt", TRANSCRIPT), "--group", "Wijkteamleden").code == 0
        starts = [TRANSCRIPT.index(line) for line in TRANSCRIPT.splitlines()[::2]]
        ends = [*(start - 1 for start in starts[1:]), len(TRANSCRIPT) - 1]
        rows = "".join(f"Interview 1,{a},{b}\n" for a, b in zip(starts, ends, strict=True))
        assert self("segment", "--boundaries", self.file("cuts.csv", "document,start,end\n" + rows)).code == 0
        assert self("code", self.file("noor.csv", CODINGS), "--coder", "Noor").code == 0


CODINGS = """document,narratief,code,reason
Interview 1,1,Autonomie,
Interview 1,1,burger,
Interview 1,1,positief,
Interview 1,2,Werkzame factor,
Interview 1,2,WIE:facilitator,
Interview 1,2,positief,
Interview 1,3,Verbeterpunt,
Interview 1,3,WIE:niet genoemd,geen verteller te horen
Interview 1,3,oplossing,
"""
