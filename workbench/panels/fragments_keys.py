"""The actions of the place Fragmenten: their names, their keys, and which key press means which."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from workbench.i18n import _

Key = Qt.Key
Modifier = Qt.KeyboardModifier


@dataclass(frozen=True)
class Deed:
    """An action with its button text and the keys as shown."""

    key: str
    text: str
    keys: str
    tip: str = ""


def groups() -> list[tuple[str, list[Deed]]]:
    """The actions in the order in which one needs them."""
    return [
        (_("Proposal"), [
            Deed("propose", _("Propose narratieven"), "P", _("What you accepted or coded stays as it is.")),
            Deed("propose_all", _("Propose for all documents"), "⇧P", _("For every document that is not cut yet.")),
            Deed("accept", _("Accept, next"), "⏎", _("Accept this narratief and go to the next (Enter or Space).")),
            Deed("accept_all", _("Accept all"), "A", _("Accept every proposal of this document.")),
            Deed("doubt", _("Next doubtful one"), "D", _("Go to the next proposal to look at twice.")),
        ]),
        (_("Cut"), [
            Deed("split", _("Split here"), "S", _("Split before the word with the cursor.")),
            Deed("split_sentence", _("Split before this sentence"), "⇧S"),
            Deed("join", _("Join with next"), "J"),
            Deed("join_back", _("Join with previous"), "⇧J"),
        ]),
        (_("Boundary"), [
            Deed("begin", _("Move the beginning"), "[", _("Then ← → by word, with Shift by sentence; Esc when done.")),
            Deed("end", _("Move the end"), "]", _("Then ← → by word, with Shift by sentence; Esc when done.")),
        ]),
        (_("Kind"), [
            Deed("counts", _("Geen narratief, or back"), "G", _("Mark this piece or the selected words (G or X).")),
            Deed("make", _("Make a narratief"), "N", _("Of the selected words, or of words outside any.")),
            Deed("remove", _("Remove"), "Del", _("The words stay, outside any narratief.")),
            Deed("clear", _("Begin again"), "⇧Del", _("Remove all narratieven of this document.")),
        ]),
    ]


_PLAIN = {
    Key.Key_P: "propose", Key.Key_Return: "accept", Key.Key_Enter: "accept", Key.Key_Space: "accept",
    Key.Key_A: "accept_all", Key.Key_D: "doubt", Key.Key_S: "split", Key.Key_J: "join", Key.Key_G: "counts",
    Key.Key_X: "counts", Key.Key_N: "make", Key.Key_Delete: "remove", Key.Key_Backspace: "remove",
}
_SHIFTED = {Key.Key_P: "propose_all", Key.Key_S: "split_sentence", Key.Key_J: "join_back", Key.Key_Delete: "clear"}
_IN_HAND = {
    Key.Key_Escape: "let_go", Key.Key_Return: "let_go", Key.Key_Enter: "let_go", Key.Key_Space: "let_go",
    Key.Key_Left: "word_back", Key.Key_Right: "word_on",
}
_IN_HAND_SHIFTED = {Key.Key_Left: "sentence_back", Key.Key_Right: "sentence_on"}
_STEPS = {Key.Key_Up: "previous", Key.Key_Down: "next"}


def deed_of(event: QKeyEvent, *, in_hand: bool) -> str | None:
    """The action that a key press asks for; `in_hand` says whether a boundary is in hand."""
    key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Modifier.KeypadModifier
    if event.text() in ("[", "]"):
        return "begin" if event.text() == "[" else "end"
    if modifiers == Modifier.ControlModifier:
        return _STEPS.get(key)
    if modifiers == Modifier.ShiftModifier:
        return (_IN_HAND_SHIFTED.get(key) if in_hand else None) or _SHIFTED.get(key)
    if modifiers == Modifier.NoModifier:
        return (_IN_HAND.get(key) if in_hand else None) or _PLAIN.get(key)
    return None
