"""A question built by clicking: its blocks in a row, what can be done with them, and the field for a new one.

Keys on a block: ← → to the next, with Shift to select more, with Alt to move; ↑ the bracket around it, ↓ into it;
`(` brackets, `!` not, Space turns and/or before it, the menu key offers orders and codes around it, Delete takes it
out; letters go to the field, Esc too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from codebook.query.algebra import Expression, Place, swapped
from workbench.i18n import _
from workbench.itemmodels import expression_blocks as editing
from workbench.itemmodels.expression_blocks import Block, Key, Path
from workbench.itemmodels.question_names import Operand, QuestionNames
from workbench.panels.questions_blocks import BlockWidget, Joint, operator_word
from workbench.panels.questions_more import offer_more
from workbench.shared.operands import OperandField
from workbench.theme import theme
from workbench.widgets.chips import ChipSpec
from workbench.widgets.flow import FlowLayout


class ExpressionBuilder(QWidget):
    """`edited(Expression or None)` after every change by hand; the owner answers with `show_expression`."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QuestionNames()
        self._top = Block()
        self._selected: list[Block] = []
        self._wanted: tuple[Path, bool] | None = None
        self._widgets: list[BlockWidget] = []
        self._row = QWidget()
        self._flow = FlowLayout(self._row)
        self.field = OperandField(_("Add a code…"))
        self.field.setFixedWidth(theme().px(170))
        self.field.chosen.connect(self.add)
        self.field.left.connect(self._leave_field)
        self.tools: dict[str, QPushButton] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(4))
        outer.addWidget(self._row)
        outer.addLayout(self._tools())
        self._rebuild()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(4))
        tools: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("bracket", _("( ) Brackets"), "(", self._bracket), ("not", _("Not"), "!", self._negate),
            ("turn", _("and ↔ or"), _("Space"), self._turn), ("left", "←", "Alt+←", lambda: self._move(-1)),
            ("right", "→", "Alt+→", lambda: self._move(1)), ("swap", _("Swap"), "", self._swap),
            ("more", _("Order…"), _("menu key"), self._offer_more), ("remove", _("Take out"), "Del", self._remove))
        for name, words, key, work in tools:
            button = QPushButton(words)
            button.setProperty("role", "flat")
            button.setToolTip(f"{words}   {key}".strip())
            button.setAccessibleName({"←": _("Move left"), "→": _("Move right")}.get(words, words))
            button.clicked.connect(lambda _on=False, do=work: do())
            self.tools[name] = button
            row.addWidget(button)
        row.addStretch(1)
        return row

    # showing

    def set_names(self, names: QuestionNames) -> None:
        """The names of the project."""
        self._names = names
        self.field.set_names(names)

    def show_expression(self, expression: Expression | None, counts: Mapping[Key, int]) -> None:
        """Show an expression with the hits of its parts."""
        self._top = editing.blocks_of(expression)
        focus = False
        self._selected = []
        if self._wanted is not None:
            found = editing.at_path(self._top, self._wanted[0])
            self._selected = [found] if found is not None and found.parent is not None else []
            focus = self._wanted[1]
            self._wanted = None
        self._rebuild()
        self.show_counts(counts)
        if focus and self._selected:
            self._focus(self._selected[0])

    def show_counts(self, counts: Mapping[Key, int]) -> None:
        """The hits of the parts; the expression is the same."""
        for widget in self._widgets:
            widget.set_count(None if widget.block.key is None else counts.get(widget.block.key))
            widget.updateGeometry()
        self._flow.invalidate()

    def widgets(self) -> list[BlockWidget]:
        """The blocks and brackets from left to right."""
        return list(self._widgets)

    def joints(self) -> list[Joint]:
        """The operators from left to right."""
        items = (self._flow.itemAt(n) for n in range(self._flow.count()))
        return [w for item in items if item is not None and isinstance(w := item.widget(), Joint)]

    def _rebuild(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.field:
                widget.hide()
                widget.deleteLater()
        self._widgets = []
        self._lay_out(self._top)
        self._flow.addWidget(self.field)
        self.field.setPlaceholderText(_("Add a code…") if self._top.items else _("Choose a code…"))
        self._mark()

    def _lay_out(self, group: Block) -> None:
        if group.parent is not None or group.operator == "oneof":
            self._add_widget(group, "(")
        for place, item in enumerate(group.items):
            if place:
                self._add_joint(group, place - 1)
            if item.is_group:
                self._lay_out(item)
            else:
                self._add_widget(item)
        if group.parent is not None or group.operator == "oneof":
            self._add_widget(group, ")")

    def _add_widget(self, block: Block, bracket: str = "") -> None:
        opening = _("exactly one of (") if block.operator == "oneof" else "("
        spec = ChipSpec("", opening) if block.node is None else self._names.shown(block.node)
        widget = BlockWidget(block, spec, bracket)
        widget.pressed.connect(self._pressed)
        widget.keyed.connect(self._keyed)
        widget.dropped.connect(self._dropped)
        widget.menuWanted.connect(self._offer_for)
        self._widgets.append(widget)
        self._flow.addWidget(widget)

    def _add_joint(self, group: Block, place: int) -> None:
        joint = Joint(group, place)
        joint.turned.connect(self._join)
        joint.menuWanted.connect(self._offer_operators)
        self._flow.addWidget(joint)

    # selection

    def _pressed(self, block: Block, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._selected:
            self._select_to(block)
        elif modifiers & Qt.KeyboardModifier.ControlModifier and block in self._selected:
            self._select([b for b in self._selected if b is not block])
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._select([*self._selected, block])
        else:
            self._select([block])

    def _select_to(self, block: Block) -> None:
        """From the first selected block to this one, when they stand in one group."""
        first = self._selected[0]
        if block.parent is not first.parent or block.parent is None:
            self._select([block])
            return
        a, b = first.place(), block.place()
        between = block.parent.items[min(a, b):max(a, b) + 1]
        self._select(between if a <= b else between[::-1])

    def _select(self, blocks: list[Block]) -> None:
        self._selected = blocks
        self._mark()

    def _mark(self) -> None:
        inside = {id(b) for block in self._selected for b in block.walk()}
        for widget in self._widgets:
            widget.set_selected(id(widget.block) in inside)
        one = len(self._selected) == 1
        several = len(self._selected) > 1
        for name, button in self.tools.items():
            button.setEnabled(bool(self._selected) if name == "remove" else one)
        self.tools["bracket"].setEnabled(several or (one and self._selected[0].is_group))
        self.tools["turn"].setEnabled(one and self._joint_before() is not None)
        self.tools["swap"].setEnabled(self._swappable() is not None)
        self.tools["more"].setEnabled(offer_more(QMenu(), self._names, self._selected, self._changed))

    def _focus(self, block: Block) -> None:
        for widget in self._widgets:
            if widget.block is block:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _leave_field(self) -> None:
        if self._widgets:
            last = self._top.items[-1]
            self._select([last])
            self._focus(last)

    # edits

    def add(self, operand: Operand) -> None:
        """Put an operand behind the selected block, or at the end."""
        after = self._selected[-1] if self._selected else None
        made = editing.add(self._top, operand.node, after)
        self._changed(made, focus=False)
        self.field.setFocus()

    def _changed(self, select: Block | None, focus: bool = True) -> None:
        editing.tidy(self._top)
        reachable = select is not None and any(b is select for b in self._top.walk())
        self._wanted = (select.path(), focus) if select is not None and reachable else None
        self.edited.emit(editing.expression_of(self._top))
        if focus and not self._selected:
            self.field.setFocus()

    def _join(self, group: Block, place: int) -> None:
        keep = group.items[place + 1]
        editing.join(group, place)
        self._changed(keep)

    def _joint_before(self) -> tuple[Block, int] | None:
        block = self._selected[0]
        if block.parent is None or len(block.parent.items) < 2:
            return None
        return block.parent, max(0, block.place() - 1)

    def _turn(self) -> None:
        found = self._joint_before() if self._selected else None
        if found is not None:
            keep = self._selected[0]
            editing.join(*found)
            self._changed(keep)

    def _bracket(self) -> None:
        made = editing.bracket(self._selected)
        if made is not None:
            self._changed(made)

    def _negate(self) -> None:
        if len(self._selected) == 1:
            self._selected[0].negated ^= True
            self._changed(self._selected[0])

    def _move(self, step: int) -> None:
        if len(self._selected) == 1:
            editing.move(self._selected[0], step)
            self._changed(self._selected[0])

    def _remove(self) -> None:
        self._changed(editing.remove(self._selected))

    def _swappable(self) -> Expression | None:
        node = self._selected[0].node if len(self._selected) == 1 else None
        return node if isinstance(node, Place) else None

    def _swap(self) -> None:
        node = self._swappable()
        if node is not None:
            self._selected[0].node = swapped(node)
            self._changed(self._selected[0])

    def _offer_for(self, block: Block, where: QPoint) -> None:
        if not any(b is block for b in self._selected):
            self._select([block])
        self._offer_more(where)

    def _offer_more(self, where: QPoint | None = None) -> None:
        menu, button = QMenu(self), self.tools["more"]
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if offer_more(menu, self._names, self._selected, self._changed):
            menu.popup(where or button.mapToGlobal(button.rect().bottomLeft()))

    def _dropped(self, path: str, target: Block, after: bool) -> None:
        block = editing.at_path(self._top, tuple(int(n) for n in path.split(".") if n))
        if block is not None and block.parent is not None and editing.drop(block, target, after):
            self._changed(block)

    def _offer_operators(self, group: Block, where: QPoint) -> None:
        menu = QMenu(self)
        words = {"oneof": _("exactly one of these")}
        for operator in editing.OPERATORS:
            action = menu.addAction(words.get(operator, operator_word(operator)))
            action.triggered.connect(lambda _checked=False, o=operator: self._set_operator(group, o))
        menu.popup(where)

    def _set_operator(self, group: Block, operator: str) -> None:
        group.operator = operator
        self._changed(group.items[0])

    # keys

    def _keyed(self, block: Block, event: QKeyEvent) -> None:
        if not any(b is block for b in self._selected):
            self._select([block])
        if self._handle(block, event):
            event.accept()

    def _handle(self, block: Block, event: QKeyEvent) -> bool:
        key, alt = Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(step) if alt else self._walk(step, shift)
            return True
        work = {Qt.Key.Key_Delete: self._remove, Qt.Key.Key_Backspace: self._remove, Qt.Key.Key_Space: self._turn,
                Qt.Key.Key_Escape: self._to_field, Qt.Key.Key_Up: self._outwards, Qt.Key.Key_Down: self._inwards}
        signs = {"(": self._bracket, ")": self._bracket, "!": self._negate, "-": self._negate}
        found = work.get(key) or signs.get(event.text())
        if found is not None:
            found()
        elif event.text().isalnum() and not alt:
            self.field.setFocus()
            self.field.setText(event.text())
            self.field.suggest(event.text())
        return found is not None or event.text().isalnum()

    def _walk(self, step: int, extend: bool) -> None:
        last = self._selected[-1]
        if extend and last.parent is not None:
            place = last.place() + step
            if 0 <= place < len(last.parent.items):
                self._select_to(last.parent.items[place])
            return
        order = [b for b in self._top.walk() if b.parent is not None]
        at = next(n for n, b in enumerate(order) if b is last) + step
        if 0 <= at < len(order):
            self._select([order[at]])
            self._focus(order[at])
        elif at >= len(order):
            self._to_field()

    def _to_field(self) -> None:
        self._select([])
        self.field.setFocus()

    def _outwards(self) -> None:
        group = self._selected[0].parent
        if group is not None and group.parent is not None:
            self._select([group])
            self._focus(group)

    def _inwards(self) -> None:
        if self._selected[0].items:
            first = self._selected[0].items[0]
            self._select([first])
            self._focus(first)
