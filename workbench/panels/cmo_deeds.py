"""What the place CMO does to the project: each a step, so that it can be undone and is in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from codebook import cmo, cmo_views
from codebook.models import Configuration
from corpora.messages import message
from workbench.project import OpenProject
from workbench.widgets.board import words
from workbench.widgets.board.places import HEAD, Carried, Place


class Deeds:
    """Configurations, elements, evidence and links."""

    def __init__(self, opened: OpenProject) -> None:
        self._opened = opened

    def new(self, kernelement_id: int) -> int | None:
        """Make a configuration, to be given its title."""
        return self._opened.do(message("New configuration"), _new, self._opened.coder_id, kernelement_id)

    def change(self, place: Place, changes: Mapping[str, Any], reason: str) -> None:
        """Change a configuration or an element; what it was is kept with the reason."""
        if place.column == HEAD:
            self._opened.do(message("Change configuration"), _change_configuration, self._opened.coder_id, place.lane,
                            changes, reason)
        else:
            self._opened.do(message("Change element"), _change_element, self._opened.coder_id, place.element, changes,
                            reason)

    def write(self, place: Place, values: Mapping[str, Any]) -> int | None:
        """Give a configuration an element."""
        return self._opened.do(message("Add element"), cmo.add_element, place.lane, place.role, str(values["text"]),
                               actor=str(values["actor"]), valence=int(values["valence"]), basis=str(values["basis"]))

    def remove(self, place: Place) -> None:
        """Take a configuration or an element away."""
        if place.column == HEAD:
            self._opened.do(message("Take configuration away"), cmo.remove, place.lane)
        else:
            self._opened.do(message("Take element away"), cmo.remove_element, place.element)

    def move(self, configuration_id: int, place: int) -> None:
        """Put a configuration at another place."""
        self._opened.do(message("Move configuration"), cmo.move, configuration_id, place)

    def shift(self, card: Place, to: Place) -> None:
        """Put a card in another part or order: before the card that it lands on, else behind all."""
        self._opened.do(message("Move element"), _shift, self._opened.coder_id, card.element, to)

    def link(self, source: int, target: int, kind: str) -> None:
        """Link two configurations."""
        self._opened.do(message("Link configurations"), cmo.link, source, target, kind)

    def unlink(self, link_id: int) -> None:
        """Take a link off."""
        self._opened.do(message("Take link off"), cmo.unlink, link_id)

    # evidence

    def place(self, kernelement_id: int, place: Place, what: Carried, direction: str) -> None:
        """Put narratieven or quotes where they were dropped; in no configuration yet, a new one begins."""
        self._opened.do(message("Put {n} behind a configuration", n=len(what.narratieven) + len(what.quotes)), _place,
                        self._opened.coder_id, kernelement_id, place, what, direction)

    def place_in(self, configuration_id: int, role: str, what: Carried, direction: str) -> None:
        """Put narratieven or quotes on a part: on its last card, or a new one without words."""
        self._opened.do(message("Put {n} behind a configuration", n=len(what.narratieven) + len(what.quotes)),
                        cmo.place_evidence, self._opened.coder_id, configuration_id, role,
                        narratief_ids=what.narratieven, quote_ids=what.quotes, direction=direction)

    def turn(self, evidence_id: int, direction: str) -> None:
        """Say what evidence does."""
        self._opened.do(message("Change evidence"), cmo.change_evidence, evidence_id, direction=direction)

    def annotate(self, evidence_id: int, note: str) -> None:
        """Write a note at evidence."""
        self._opened.do(message("Note at evidence"), cmo.change_evidence, evidence_id, note=note)

    def let_go(self, evidence_ids: list[int]) -> None:
        """Take evidence off."""
        self._opened.do(message("Take evidence off"), cmo.remove_evidence, evidence_ids)


def _new(session: Session, coder: int, kernelement_id: int) -> int:
    return cmo.add(session, coder, kernelement_id, words.untitled())


def _change_configuration(session: Session, coder: int, configuration_id: int, changes: Mapping[str, Any],
                          reason: str) -> None:
    for field, value in changes.items():
        if field == "status":
            cmo.set_status(session, coder, configuration_id, value, reason)
        elif field == "note":
            cmo.annotate(session, configuration_id, value)
        elif field == "title" and session.get_one(Configuration, configuration_id).title == words.untitled():
            cmo.name(session, configuration_id, value)
        else:
            cmo.reword(session, coder, configuration_id, field, value, reason)


def _change_element(session: Session, coder: int, element_id: int, changes: Mapping[str, Any], reason: str) -> None:
    for field, value in changes.items():
        cmo.change_element(session, coder, element_id, field, value, reason)


def _shift(session: Session, coder: int, element_id: int, to: Place) -> None:
    cmo.change_element(session, coder, element_id, "role", to.role)
    one = cmo_views.configuration(session, to.lane)
    others = [element.id for element in one.elements if element.id != element_id]
    cmo.move_element(session, element_id, others.index(to.element) if to.element in others else len(others))


def _place(session: Session, coder: int, kernelement_id: int, place: Place, what: Carried, direction: str) -> None:
    lane = place.lane or _new(session, coder, kernelement_id)
    element: int | None = place.element or None
    if element is None and place.column != HEAD:
        element = cmo.add_element(session, lane, place.role)
    cmo.add_evidence(session, coder, lane, narratief_ids=what.narratieven, quote_ids=what.quotes, element_id=element,
                     direction=direction)
