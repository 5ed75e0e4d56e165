"""The one way from the command line to the window; Qt is imported here and not before."""

from __future__ import annotations


def open_window(project: str | None) -> int:
    """Open the window with all its places, and a project if one is named; returns the exit code when it is closed."""
    from workbench.app import run
    from workbench.places import furnish

    return run(project, furnish=furnish)
