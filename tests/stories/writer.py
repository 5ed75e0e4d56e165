"""A coder at work in a process of its own: codes one narratief after the other and says what was acknowledged.

`python -m tests.stories.writer ADDRESS NAME COUNT`. After each step one line with its number; a server that is away is
tried again, as somebody at a window would.
"""

from __future__ import annotations

import sys
import time

import codebook.models  # noqa: F401
import corpora.models  # noqa: F401
from codebook import coding
from codebook.models import Code
from corpora.errors import AwayError
from corpora.messages import message
from corpora.models import Narratief
from corpora.store.project import Project


def work(address: str, name: str, count: int) -> None:
    """Give `count` codings, each as a step."""
    project = Project.open(address, name)
    with project.read() as session:
        narratieven = [n for (n,) in session.query(Narratief.id).order_by(Narratief.id)]
        codes = [c for (c,) in session.query(Code.id).order_by(Code.id)]
    coder = insist(lambda: project.step(message("Coder"), coding.coder_id, name))
    for n in range(count):
        pair = narratieven[n % len(narratieven)], codes[n // len(narratieven)]
        insist(lambda pair=pair: project.step(message("Code"), coding.apply, coder, [pair[0]], [pair[1]]))
        print(n + 1, flush=True)
    project.close()


def insist(step):  # type: ignore[no-untyped-def]
    """Do a step until it is acknowledged; done twice it changes nothing."""
    while True:
        try:
            return step()
        except AwayError:
            time.sleep(0.1)


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2], int(sys.argv[3]))
