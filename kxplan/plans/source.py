"""Source: a plan file's text as a tree of plain texts, each with its place; nothing is interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import yaml

from kxplan.message import message
from kxplan.plans.findings import Findings, Key, Path, Position
from kxplan.plans.syntax import syntax_problem

MOST_LEVELS = 20
MOST_VALUES = 60_000
MOST_TEXTS = 4_000
"""In a whole file, and in one list or mapping: more than any office plans, so that a hostile file is soon left."""

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
        if "nesting depth" in str(error):  # the parser's own limit, met before ours is seen
            sentence = message("plans.too-deep", most=MOST_LEVELS)
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
        self._path: list[Key] = []
        self._values = 0
        self._levels = 0

    def built(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                    self._note(event, "plans.documents")
                    break
                if isinstance(event, yaml.NodeEvent):
                    root = self._node(event, events)
        except _StopReadingError:
            return None
        return root

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event]) -> Node:
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop(event, "plans.too-many-values", most=MOST_VALUES)
        if isinstance(event, yaml.AliasEvent):
            self._note(event, "plans.alias", name=event.anchor)
            return Leaf(_start(event), None)
        if event.anchor is not None:
            self._note(event, "plans.anchor", name=event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tag(event, event.tag)
            return Leaf(_start(event), self._text(event))
        if isinstance(event, yaml.CollectionStartEvent):
            self._refuse_tag(event, event.tag)
        return self._collection(event, events)

    def _collection(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            self._stop(event, "plans.too-deep", most=MOST_LEVELS)
        node: Node
        if isinstance(event, yaml.SequenceStartEvent):
            node = Listing(_start(event), self._items(events))
        else:
            node = Table(_start(event), self._entries(events))
        self._levels -= 1
        return node

    def _items(self, events: Iterator[yaml.Event]) -> list[Node]:
        items: list[Node] = []
        while isinstance(event := next(events), yaml.NodeEvent):
            if len(items) >= MOST_TEXTS and isinstance(event, yaml.ScalarEvent):
                self._stop(event, "plans.too-many-values", most=MOST_TEXTS)
            self._path.append(len(items))
            items.append(self._node(event, events))
            self._path.pop()
        return items

    def _entries(self, events: Iterator[yaml.Event]) -> dict[str, tuple[Position, Node]]:
        entries: dict[str, tuple[Position, Node]] = {}
        while isinstance(event := next(events), yaml.NodeEvent):
            if len(entries) >= MOST_TEXTS:
                self._stop(event, "plans.too-many-values", most=MOST_TEXTS)
            key = self._key(event, events)
            value = next(events)
            if not isinstance(value, yaml.NodeEvent):
                break
            if key is None:
                self._node(value, events)
                continue
            self._path.append(key)
            node = self._node(value, events)
            if key in entries:
                self._note(event, "plans.repeated-key", name=key, first=entries[key][0].line)
            else:
                entries[key] = (_start(event), node)
            self._path.pop()
        return entries

    def _key(self, event: yaml.NodeEvent, events: Iterator[yaml.Event]) -> str | None:
        """Return the text of a key; None where it is none, with the reason noted."""
        node = self._node(event, events)
        if not isinstance(node, Leaf):
            self._note(event, "plans.key-not-text")
            return None
        if node.text == "<<":
            self._note(event, "plans.merge-key")
            return None
        if node.text == "":
            self._note(event, "plans.empty-key")
            return None
        return node.text

    def _text(self, event: yaml.ScalarEvent) -> str | None:
        text = event.value.strip()
        if text.isprintable():
            return text
        found = INVISIBLE.search(text) or _TAB.search(text)
        if found is None:
            return text
        self._note(event, "plans.control-character", code=code_point(found.group()))
        return None

    def _refuse_tag(self, event: yaml.Event, tag: str | None) -> None:
        if tag is not None:
            self._note(event, "plans.tag", name=tag.replace(_STANDARD_TAG, "!!"))

    def _note(self, event: yaml.Event, message_id: str, **data: object) -> None:
        self._findings.note_at(_start(event), tuple(self._path), message_id, **data)
        if self._findings.is_full:
            raise _StopReadingError

    def _stop(self, event: yaml.Event, message_id: str, **data: object) -> None:
        self._note(event, message_id, **data)
        raise _StopReadingError


def _start(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark is not None else Position(1, 1)
