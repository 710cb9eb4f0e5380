"""The control flow of a program as data, for whoever runs it and whoever checks it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dbee_dbt.bteq.commands import Action, BlockIf, Else, ElseIf, EndIf, Goto, If, Label, Quit
from dbee_dbt.bteq.script import Program


class Edge(Struct, frozen=True):
    """A way from one instruction to the next.

    Args:
        source: index of an instruction.
        target: index of the one that follows, or the number of instructions, for the end of the program.
        kind: ``next``; ``then`` and ``else`` from an IF; ``goto`` and ``quit``, also where an IF leads to them.
    """

    source: int
    target: int
    kind: Literal["next", "then", "else", "goto", "quit"]


class Flow(Struct, frozen=True):
    """The control flow of a program.

    Args:
        size: the number of instructions, which is also the index of the end.
        edges: in the order of their sources; the one that is taken when the condition holds stands first.
    """

    size: int
    edges: tuple[Edge, ...]

    def reachable(self) -> frozenset[int]:
        """The instructions that some run may come to, and the end."""
        targets: dict[int, list[int]] = {}
        for edge in self.edges:
            targets.setdefault(edge.source, []).append(edge.target)
        seen, waiting = {0}, [0]
        while waiting:
            for target in targets.get(waiting.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return frozenset(seen)


class Blocks(Struct, frozen=True):
    """How the blocks of a program hang together.

    Args:
        following: of each IF of a block and each ELSEIF, the ELSEIF, ELSE or ENDIF that follows it.
        ends: of each ELSEIF and ELSE, its ENDIF.
        unmatched: ELSEIF, ELSE and ENDIF without an IF, or behind the ELSE; IFs of a block without an ENDIF.
    """

    following: dict[int, int]
    ends: dict[int, int]
    unmatched: tuple[int, ...]


def blocks(program: Program) -> Blocks:
    """The blocks of a program; one that does not end reaches to the end of the program."""
    actions = [instruction.action for instruction in program.instructions]
    following: dict[int, int] = {}
    ends: dict[int, int] = {}
    unmatched: list[int] = []
    open_blocks: list[list[int]] = []
    for index, action in enumerate(actions):
        if isinstance(action, BlockIf):
            open_blocks.append([index])
        elif isinstance(action, ElseIf | Else | EndIf):
            if not open_blocks or (isinstance(actions[open_blocks[-1][-1]], Else) and not isinstance(action, EndIf)):
                unmatched.append(index)
                continue
            following[open_blocks[-1][-1]] = index
            open_blocks[-1].append(index)
            if isinstance(action, EndIf):
                ends.update(dict.fromkeys(open_blocks.pop()[1:-1], index))
    for block in open_blocks:
        unmatched.append(block[0])
        following[block[-1]] = len(actions)
        ends.update(dict.fromkeys(block[1:], len(actions)))
    return Blocks(following, ends, tuple(sorted(unmatched)))


def label_key(name: str) -> str:
    """The form in which labels are compared: without case."""
    return name.upper()


def flow(program: Program) -> Flow:
    """The control flow of a program (docs/teradata/bteq.md §4.5).

    GOTO leads to the first label of its name further on, and to the end where there is none. RUN and what the
    database answers do not end a program here.
    """
    ways = _Ways(program)
    found: list[Edge] = []
    for index in range(ways.size - 1, -1, -1):
        found += reversed(ways.edges(index))
    return Flow(ways.size, tuple(reversed(found)))


class _Ways:
    """The edges of one instruction after the other, from the last to the first."""

    def __init__(self, program: Program) -> None:
        self.actions = [instruction.action for instruction in program.instructions]
        self.size = len(self.actions)
        self.blocks = blocks(program)
        self.labels: dict[str, int] = {}  # behind the instruction that is looked at

    def edges(self, index: int) -> list[Edge]:
        after = self.blocks.ends.get(index + 1, index + 1)  # a branch that is over goes on behind its block
        match self.actions[index]:
            case Goto(label):
                return [Edge(index, self._label(label), "goto")]
            case Quit():
                return [Edge(index, self.size, "quit")]
            case BlockIf() | ElseIf():
                return [Edge(index, after, "then"), Edge(index, self.blocks.following.get(index, self.size), "else")]
            case If(_, then):
                return [*self._behind_then(index, then, after), Edge(index, after, "else")]
            case Label(name):
                self.labels[label_key(name)] = index
        return [Edge(index, after, "next")]

    def _label(self, name: str) -> int:
        return self.labels.get(label_key(name), self.size)

    def _behind_then(self, index: int, then: tuple[Action, ...], after: int) -> list[Edge]:
        """Where what stands behind THEN leads: the first jump decides, an IF in front of it adds its own ways."""
        found: list[Edge] = []
        for action in then:
            match action:
                case Goto(label):
                    return [*found, Edge(index, self._label(label), "goto")]
                case Quit():
                    return [*found, Edge(index, self.size, "quit")]
                case If(_, inner):
                    found += [edge for edge in self._behind_then(index, inner, after) if edge.kind != "then"]
        return [*found, Edge(index, after, "then")]
