"""How an element of a configuration stands in a document: its actor, its words, and what is known of it, in words."""

from __future__ import annotations

from codebook.cmo_views import ElementView
from exports.report_grounds import Say


def element_said(_: Say, one: ElementView) -> str:
    """An element on one line; a reader need not know any signs."""
    actor = f"{one.actor}: " if one.actor else ""
    known = [part for part in (_weight(_, one), _basis(_, one)) if part]
    return f"{actor}{' '.join(one.text.split()) or '…'}" + (f" ({', '.join(known)})" if known else "")


def _weight(_: Say, one: ElementView) -> str:
    """Whether a context helps or hinders, and whether an outcome is what was hoped for."""
    if one.role == "outcome":
        return {1: _("wanted"), -1: _("unwanted")}.get(one.valence, "")
    return {1: _("supporting"), -1: _("hindering")}.get(one.valence, "")


def _basis(_: Say, one: ElementView) -> str:
    return {"verwacht": _("expected"), "geimpliceerd": _("implied")}.get(one.basis, "")
