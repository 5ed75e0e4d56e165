"""An expression as blocks that can be put in, moved, bracketed and taken out; the other view is its text (no Qt here).

A block is an operand, or a group of blocks joined by one operator. The blocks of an expression are one group at the
top. After every edit `tidy` takes out groups that mean nothing, so that text and blocks stay one expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from codebook.query.algebra import And, Expression, Node, Not, OneOf, Or, Place, Xor
from codebook.query.evaluate import Part

Key = tuple[int, int, str]
Path = tuple[int, ...]

OPERATORS: Mapping[str, type[And] | type[Or] | type[Xor] | type[OneOf]] = {
    "and": And, "or": Or, "xor": Xor, "oneof": OneOf}
_NAMES: dict[type, str] = {kind: name for name, kind in OPERATORS.items()}


def key_of(node: Node) -> Key:
    """Which part of the text a node is."""
    return node.span.start, node.span.end, type(node).__name__


def counts_of(parts: Sequence[Part]) -> dict[Key, int]:
    """The hits of every part of an expression."""
    return {key_of(part.node): part.count for part in parts}


@dataclass(eq=False)
class Block:
    """`node` for an operand, `items` for a group; `key` says which part of the text it was read from."""

    node: Expression | None = None
    operator: str = "and"
    items: list[Block] = field(default_factory=list)
    negated: bool = False
    parent: Block | None = field(default=None, repr=False)
    key: Key | None = None

    @property
    def is_group(self) -> bool:
        """Whether it holds other blocks."""
        return self.node is None

    def put(self, at: int, block: Block) -> None:
        """Put a block in this group."""
        block.parent = self
        self.items.insert(at, block)

    def place(self) -> int:
        """The block's place in its group."""
        assert self.parent is not None
        return next(n for n, item in enumerate(self.parent.items) if item is self)

    def walk(self) -> Iterator[Block]:
        """The block and all in it, in the order of the text."""
        yield self
        for item in self.items:
            yield from item.walk()

    def path(self) -> Path:
        """Places from the top down to this block."""
        return () if self.parent is None else (*self.parent.path(), self.place())


def blocks_of(expression: Expression | None) -> Block:
    """The top group of an expression; an empty one for none."""
    if expression is None:
        return Block()
    made = _block(expression)
    if made.is_group and not made.negated:
        return made
    top = Block()
    top.put(0, made)
    return top


def _block(node: Expression) -> Block:
    key, negated = key_of(node), False
    while isinstance(node, Not):
        node, negated = node.term, not negated
    if not isinstance(node, And | Or | Xor | OneOf):
        return Block(node, negated=negated, key=key)
    made = Block(operator=_NAMES[type(node)], negated=negated, key=key)
    for n, term in enumerate(node.terms):
        made.put(n, _block(term))
    return made


def expression_of(block: Block) -> Expression | None:
    """The expression that blocks spell; None for an empty group."""
    if block.node is not None:
        found: Expression = block.node
    else:
        terms = [term for item in block.items if (term := expression_of(item)) is not None]
        if not terms:
            return None
        found = terms[0] if len(terms) == 1 else OPERATORS[block.operator](tuple(terms))
    return Not(found) if block.negated else found


def at_path(top: Block, path: Path) -> Block | None:
    """The block at a path, None when there is none."""
    found = top
    for place in path:
        if place >= len(found.items):
            return None
        found = found.items[place]
    return found


# edits


def add(top: Block, node: Expression, after: Block | None = None) -> Block:
    """Put an operand behind a block, in its group; at the end when no block is named."""
    made = Block(node)
    if after is None or after.parent is None:
        top.put(len(top.items), made)
    else:
        after.parent.put(after.place() + 1, made)
    return made


def remove(blocks: Sequence[Block]) -> Block | None:
    """Take blocks out; returns the one that is now nearest, None when their group is empty."""
    nearest: Block | None = None
    for block in blocks:
        if block.parent is not None:
            group, place = block.parent, block.place()
            del group.items[place]
            nearest = group.items[min(place, len(group.items) - 1)] if group.items else None
    return nearest


def join(group: Block, place: int) -> None:
    """Turn *and* between the blocks at `place` and behind it into *or*, or back. With other blocks beside them the two
    come to stand in brackets, or behind the bracket that is there."""
    other = "or" if group.operator == "and" else "and"
    if len(group.items) <= 2:
        group.operator = other
        return
    left, right = group.items[place], group.items[place + 1]
    if _is_open(left, other):
        _move_in(left, right, len(left.items))
    elif _is_open(right, other):
        _move_in(right, left, 0)
    else:
        made = Block(operator=other)
        del group.items[place:place + 2]
        group.put(place, made)
        made.put(0, left)
        made.put(1, right)


def _is_open(block: Block, operator: str) -> bool:
    return block.is_group and block.operator == operator and not block.negated


def _move_in(group: Block, block: Block, at: int) -> None:
    assert block.parent is not None
    del block.parent.items[block.place()]
    group.put(at, block)


def bracket(blocks: Sequence[Block]) -> Block | None:
    """Put neighbours of one group in brackets, joined by *or* where the group says *and*; a single group loses its
    brackets. Returns what now stands there, None when the blocks are no neighbours."""
    if len(blocks) == 1 and blocks[0].is_group:
        return _unwrap(blocks[0])
    group = blocks[0].parent if blocks else None
    if group is None or len(blocks) < 2 or any(block.parent is not group for block in blocks):
        return None
    places = sorted(block.place() for block in blocks)
    if places != list(range(places[0], places[-1] + 1)):
        return None
    if len(places) == len(group.items):
        group.operator = "or" if group.operator == "and" else "and"
        return group
    made = Block(operator="or" if group.operator == "and" else "and")
    inside = group.items[places[0]:places[-1] + 1]
    del group.items[places[0]:places[-1] + 1]
    group.put(places[0], made)
    for n, block in enumerate(inside):
        made.put(n, block)
    return made


def _unwrap(group: Block) -> Block | None:
    parent = group.parent
    if parent is None or group.negated:
        return None
    place = group.place()
    del parent.items[place]
    for n, item in enumerate(list(group.items)):
        parent.put(place + n, item)
    return parent.items[place] if group.items else None


def pair_of(blocks: Sequence[Block]) -> tuple[Block, Block] | None:
    """Two neighbours of one group, in the order in which they were taken; a single block with the one before it."""
    if len(blocks) == 1 and blocks[0].parent is not None and blocks[0].place():
        return blocks[0].parent.items[blocks[0].place() - 1], blocks[0]
    if len(blocks) != 2 or blocks[0].parent is None or blocks[0].parent is not blocks[1].parent:
        return None
    return (blocks[0], blocks[1]) if abs(blocks[0].place() - blocks[1].place()) == 1 else None


def become(blocks: Sequence[Block], node: Expression, negated: bool = False) -> Block:
    """Put one operand in the place of blocks of one group."""
    group = blocks[0].parent
    assert group is not None
    place = min(block.place() for block in blocks)
    del group.items[place:place + len(blocks)]
    made = Block(node, negated=negated)
    group.put(place, made)
    return made


def loosen(block: Block) -> Block:
    """Two blocks, both to hold, in the place of one that says in which order they stand."""
    assert isinstance(block.node, Place)
    pair = [_block(block.node.left), _block(block.node.right)]
    block.node, block.operator = None, "and"
    for n, one in enumerate(pair):
        block.put(n, one)
    return pair[0]


def move(block: Block, step: int) -> None:
    """Move a block one place left (−1) or right (1): into a bracket beside it, out of its own at the edge."""
    group = block.parent
    if group is None:
        return
    place = block.place()
    target = place + step
    if 0 <= target < len(group.items):
        beside = group.items[target]
        if beside.is_group:
            _move_in(beside, block, 0 if step > 0 else len(beside.items))
        else:
            group.items[place], group.items[target] = beside, block
    elif group.parent is not None:
        outer, at = group.parent, group.place()
        del group.items[place]
        outer.put(at + (step > 0), block)


def drop(block: Block, target: Block, after: bool) -> bool:
    """Put a block before or behind another, as after dragging; False when it cannot be (on itself, or inside it)."""
    if target.parent is None or any(inside is target for inside in block.walk()):
        return False
    assert block.parent is not None
    del block.parent.items[block.place()]
    target.parent.put(target.place() + after, block)
    return True


def tidy(top: Block) -> None:
    """Take out empty groups, groups of one, and brackets that change nothing."""
    for item in list(top.items):
        if item.is_group:
            tidy(item)
    for item in list(top.items):
        if item.is_group:
            _simplify(top, item)
    if len(top.items) == 1 and top.parent is None and _is_plain(top.items[0]):
        only = top.items[0]
        top.operator, top.items = only.operator, []
        for n, item in enumerate(only.items):
            top.put(n, item)


def _is_plain(block: Block) -> bool:
    return block.is_group and not block.negated


def _simplify(group: Block, item: Block) -> None:
    place = item.place()
    if not item.items:
        del group.items[place]
    elif len(item.items) == 1:
        only = item.items[0]
        only.negated ^= item.negated
        del group.items[place]
        group.put(place, only)
    elif not item.negated and item.operator == group.operator and item.operator in ("and", "or"):
        del group.items[place]
        for n, inner in enumerate(item.items):
            group.put(place + n, inner)
