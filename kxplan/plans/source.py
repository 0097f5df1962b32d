"""Source: a plan file's text as a tree of plain texts, each with its place; nothing is interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import yaml

from kxplan.plans.findings import Findings, Key, Path, Position
from kxplan.plans.syntax import syntax_problem

MOST_LEVELS = 20
MOST_VALUES = 25_000
"""More than any office plans; it bounds the time that a hostile file takes."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Characters that act on a screen or on the sense of a text without being seen."""

_TAB = re.compile("\t")
_STANDARD_TAG = "tag:yaml.org,2002:"
_LOADER = getattr(yaml, "CLoader", yaml.Loader)


class Leaf(NamedTuple):
    """A scalar, as text whatever it looks like; None where it was refused."""

    at: Position
    text: str | None


class Listing(NamedTuple):
    """A sequence."""

    at: Position
    items: list[Node]


class Table(NamedTuple):
    """A mapping; each key with its own place."""

    at: Position
    entries: dict[str, tuple[Position, Node]]


Node: TypeAlias = Leaf | Listing | Table


def read_tree(text: str, findings: Findings) -> Node | None:
    """Return the tree of a YAML text; None where it has none that can be read on.

    What a plan must not hold (aliases, tags, repeated keys …) is noted and left out.
    """
    builder = _Builder(findings)
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
    try:
        return builder.built(events)
    except yaml.YAMLError as error:
        position, sentence = syntax_problem(error, text)
        findings.note_at(position, (), sentence)
        return None


def plain(node: Node) -> object:
    """Return the node as dicts, lists and texts; None for what was refused."""
    if isinstance(node, Leaf):
        return node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, (_, value) in node.entries.items()}


def located(root: Node, path: Path, *, key: bool = False) -> tuple[Position, Path]:
    """Return where `path` stands, and as much of it as the file holds.

    With `key`, the place of the last key itself instead of its value.
    """
    node, at, depth = root, root.at, 0
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        key_at, node = found
        depth += 1
        at = key_at if key and depth == len(path) else node.at
    return at, path[:depth]


def is_leaf(root: Node, path: Path) -> bool:
    """Tell whether a text stands at `path`, which the file holds."""
    node = root
    for part in path:
        found = _child(node, part)
        if found is None:
            return False
        node = found[1]
    return isinstance(node, Leaf)


def code_point(char: str) -> str:
    """Return the name of a character by its number, as in U+200B."""
    return f"U+{ord(char):04X}"


def refused(node: Node, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value that was refused while reading."""
    if isinstance(node, Leaf):
        if node.text is None:
            yield path
    elif isinstance(node, Listing):
        for index, item in enumerate(node.items):
            yield from refused(item, (*path, index))
    else:
        for key, (_, value) in node.entries.items():
            yield from refused(value, (*path, key))


def _child(node: Node, part: Key) -> tuple[Position, Node] | None:
    if isinstance(node, Table) and isinstance(part, str):
        return node.entries.get(part)
    if isinstance(node, Listing) and isinstance(part, int) and part < len(node.items):
        item = node.items[part]
        return item.at, item
    return None


class _StopReadingError(Exception):
    """What follows cannot be trusted; the reason is noted."""


class _Builder:
    """Makes nodes of events, noting what a plan must not hold."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._values = 0
        self._levels = 0

    def built(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                    self._note(event, (), "plans.documents")
                    break
                if isinstance(event, yaml.NodeEvent):
                    root = self._node(event, events, ())
        except _StopReadingError:
            return None
        return root

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], path: Path) -> Node:
        at = _start(event)
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop(event, path, "plans.too-many-values", most=MOST_VALUES)
        if isinstance(event, yaml.AliasEvent):
            self._note(event, path, "plans.alias", name=event.anchor)
            return Leaf(at, None)
        if event.anchor is not None:
            self._note(event, path, "plans.anchor", name=event.anchor)
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
            self._note(event, path, "plans.tag", name=event.tag.replace(_STANDARD_TAG, "!!"))
        if isinstance(event, yaml.ScalarEvent):
            return Leaf(at, self._text(event, path))
        return self._collection(event, events, path)

    def _collection(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Node:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            self._stop(event, path, "plans.too-deep", most=MOST_LEVELS)
        node: Node
        if isinstance(event, yaml.SequenceStartEvent):
            node = Listing(_start(event), self._items(events, path))
        else:
            node = Table(_start(event), self._entries(events, path))
        self._levels -= 1
        return node

    def _items(self, events: Iterator[yaml.Event], path: Path) -> list[Node]:
        items: list[Node] = []
        while isinstance(event := next(events), yaml.NodeEvent):
            items.append(self._node(event, events, (*path, len(items))))
        return items

    def _entries(self, events: Iterator[yaml.Event], path: Path) -> dict[str, tuple[Position, Node]]:
        entries: dict[str, tuple[Position, Node]] = {}
        while isinstance(event := next(events), yaml.NodeEvent):
            key = self._key(event, events, path)
            inner = path if key is None else (*path, key)
            value = next(events)
            if not isinstance(value, yaml.NodeEvent):
                break
            node = self._node(value, events, inner)
            if key is None:
                continue
            if key in entries:
                self._note(event, inner, "plans.repeated-key", name=key, first=entries[key][0].line)
            else:
                entries[key] = (_start(event), node)
        return entries

    def _key(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], path: Path) -> str | None:
        """Return the text of a key; None where it is none, with the reason noted."""
        node = self._node(event, events, path)
        if not isinstance(node, Leaf):
            self._note(event, path, "plans.key-not-text")
            return None
        if node.text == "<<":
            self._note(event, path, "plans.merge-key")
            return None
        if node.text == "":
            self._note(event, path, "plans.empty-key")
            return None
        return node.text

    def _text(self, event: yaml.ScalarEvent, path: Path) -> str | None:
        text: str = event.value.strip()
        found = INVISIBLE.search(text) or _TAB.search(text)
        if found is None:
            return text
        self._note(event, path, "plans.control-character", code=code_point(found.group()))
        return None

    def _note(self, event: yaml.Event, path: Path, message_id: str, **data: object) -> None:
        self._findings.note_at(_start(event), path, message_id, **data)
        if self._findings.is_full:
            raise _StopReadingError

    def _stop(self, event: yaml.Event, path: Path, message_id: str, **data: object) -> None:
        self._note(event, path, message_id, **data)
        raise _StopReadingError


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark is not None else Position(1, 1)
