"""What more can be made of the blocks in hand, as a menu: their order in a document, and the codes around a code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtWidgets import QMenu

from codebook.query.algebra import Code, Expression, Place, PlaceName, Tree, TreeStep
from codebook.query.text import to_text
from corpora.errors import NarratiefError
from workbench.i18n import _
from workbench.itemmodels import expression_blocks as editing
from workbench.itemmodels.expression_blocks import Block
from workbench.itemmodels.question_names import QuestionNames, in_words

DISTANCES = (1, 2, 3, 5, 10)
"""Narratieven between two parts that the menu offers; another number can be typed in the text."""

Done = Callable[[Block | None], object]


def offer_more(menu: QMenu, names: QuestionNames, blocks: Sequence[Block], done: Done) -> bool:
    """Fill the menu for these blocks; `done(block)` when one was changed. False when there is nothing to offer."""
    only = blocks[0] if len(blocks) == 1 else None
    if only is not None and isinstance(only.node, Place):
        _offer_place(menu, only, only.node, done)
    elif (pair := editing.pair_of(blocks)) is not None:
        left, right = (editing.expression_of(block) for block in pair)
        if left is not None and right is not None:
            _offer_orders(menu, left, right, lambda node: done(editing.become(pair, node)))
    if only is not None:
        for words, node in _around(names, only.node):
            action = menu.addAction(words)
            action.triggered.connect(lambda _on=False, n=node: done(editing.become([only], n, only.negated)))
    return not menu.isEmpty()


def _offer_place(menu: QMenu, block: Block, node: Place, done: Done) -> None:
    _offer_orders(menu, node.left, node.right, lambda made: done(editing.become([block], made, block.negated)))
    menu.addAction(_("Two parts again")).triggered.connect(lambda: done(editing.loosen(block)))


def _offer_orders(menu: QMenu, left: Expression, right: Expression, take: Callable[[Place], object]) -> None:
    both = {"left": in_words(to_text(left)), "right": in_words(to_text(right))}
    words: Mapping[PlaceName, str] = {
        "follows": _("{left} after {right}", **both), "precedes": _("{left} before {right}", **both),
        "near": _("{left} near {right}", **both)}
    for operator, said in words.items():
        below = menu.addMenu(said.replace("&", "&&"))
        for n in DISTANCES:
            action = below.addAction(_("at most 1 narratief") if n == 1 else _("at most {n} narratieven", n=n))
            action.triggered.connect(lambda _on=False, o=operator, n=n: take(Place(o, left, right, n)))


def _around(names: QuestionNames, node: Expression | None) -> Iterator[tuple[str, Expression]]:
    """The codes below, above and beside a code, where there are any; and the code alone again."""
    code = node.code if isinstance(node, Tree) else node
    if not isinstance(code, Code):
        return
    try:
        number = names.catalogue.code(code).id
    except NarratiefError:
        return
    found: Mapping[TreeStep, list[int]] = {
        "down": names.catalogue.below(number), "up": names.catalogue.above(number),
        "siblings": names.catalogue.beside(number)}
    for step, reached in found.items():
        wanted = Tree(step, code)
        if len(reached) > 1 and wanted != node:
            yield names.shown(wanted).label, wanted
    if isinstance(node, Tree):
        yield _("{code} alone", code=code.label), code
