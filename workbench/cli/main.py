"""`narratief`: the one program. Without a command it opens the window; with one it works without.

The words and JSON keys are a contract. Exit 0 on success, 1 when the work could not be done (one line on stderr), 2 for
wrong usage. Nothing here imports Qt; the window is imported when it is opened.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from corpora.errors import NarratiefError, WrongUsageError
from workbench.cli import commands
from workbench.cli.output import say
from workbench.cli.window import open_window
from workbench.i18n import _, set_language


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    _use_utf8()
    set_language(os.environ.get("NARRATIEF_LANG"))
    if not words or _is_project(words):
        return open_window(words[0] if words else None)
    parser = build_parser()
    options = parser.parse_args(words)
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Run a parsed command; an error of ours becomes one line on stderr."""
    try:
        result = options.run(options)
    except NarratiefError as error:
        say(_(error.message))
        return 2 if isinstance(error, WrongUsageError) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        say(_("Stopped."))
        return 1
    except OSError as error:
        say(_("{name} could not be read or written: {why}.", name=error.filename or "",
                                  why=error.strerror or type(error).__name__))
        return 1
    return int(result or 0)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(prog="narratief", description="Narratief: qualitative narrative coding.")
    commands.add_all(parser.add_subparsers(metavar="COMMAND", required=True))
    return parser


def _is_project(words: Sequence[str]) -> bool:
    return len(words) == 1 and (words[0].endswith(".narratief") or "://" in words[0])


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
