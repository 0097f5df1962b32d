"""Shaping: a tree of texts in, typed mappings out; what does not fit is noted and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kxplan.message import Message, message
from kxplan.plans.findings import Findings, Path
from kxplan.plans.shape import PlanShape, keys_at
from kxplan.plans.source import Leaf, Node, Table, located, plain, refused

_CHOICE = re.compile(r"'([^']+)'")
_BUILT_IN = {
    "string_type": "plans.text-wanted",
    "list_type": "plans.list-wanted",
    "dict_type": "plans.mapping-wanted",
    "model_type": "plans.mapping-wanted",
    "too_short": "plans.empty-list",
    "missing": "plans.missing-key",
}
"""The kinds of error that pydantic itself finds, and our sentences for them."""


def shaped(root: Node, findings: Findings) -> PlanShape | None:
    """Return the plan file's mappings; None where it is no mapping at all.

    A value that does not fit is None in them, and `findings` does not trust it.
    """
    if not isinstance(root, Table):
        findings.note_at(root.at, (), _no_mapping(root.text or "" if isinstance(root, Leaf) else "", "plans.no-plan"))
        return None
    for path in refused(root):
        findings.distrust(path)
    data: Any = plain(root)
    while True:
        try:
            return PlanShape.model_validate(data)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=False):
                _note(detail, root, findings)
                findings.distrust(_left_out(data, detail))


def _note(detail: ErrorDetails, root: Node, findings: Findings) -> None:
    path = detail["loc"]
    is_key = path[-1] == "[key]"
    if is_key:
        path = path[:-1]
    kind = detail["type"]
    at, held = located(root, path, key=is_key or kind == "extra_forbidden")
    findings.note_at(at, path if kind == "missing" else held, _sentence(detail, root, path))


def _sentence(detail: ErrorDetails, root: Node, path: Path) -> Message:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(str(path[-1]), keys_at(path[:-1]))
    if kind == "literal_error":
        return _no_choice(_written(root, path), _CHOICE.findall(context["expected"]))
    if kind == "model_type":
        return _no_mapping(_written(root, path), _BUILT_IN[kind])
    return message(_BUILT_IN.get(kind, kind), **context)


def _no_mapping(text: str, otherwise: str) -> Message:
    """Return what is wrong with a text where a mapping should stand."""
    return message("plans.full-width", wide="：", narrow=":") if "：" in text else message(otherwise)


def _unknown_key(key: str, known: Iterable[str]) -> Message:
    names = tuple(known)
    if "：" in key:
        return message("plans.full-width", wide="：", narrow=":")
    if key.partition(":")[0] in names:
        return message("plans.blank-wanted")
    for nearest in get_close_matches(key.casefold().replace("-", "_"), names, n=1, cutoff=0.6):
        return message("plans.unknown-key-near", name=key, nearest=nearest)
    return message("plans.unknown-key", name=key, known=names)


def _no_choice(text: str, choices: list[str]) -> Message:
    for nearest in get_close_matches(text.casefold(), choices, n=1, cutoff=0.6):
        return message("plans.no-choice-near", text=text, choices=choices, nearest=nearest)
    return message("plans.no-choice", text=text, choices=choices)


def _written(root: Node, path: Path) -> str:
    """Return the text at `path` as it stands in the file; "" for a list or a mapping."""
    node = root
    for part in path:
        if isinstance(node, Leaf):
            break
        node = node.entries[str(part)][1] if isinstance(node, Table) else node.items[int(part)]
    return (node.text or "") if isinstance(node, Leaf) else ""


def _left_out(data: Any, detail: ErrorDetails) -> Path:
    """Take what is wrong out of `data`; return the path of the value that is now None or gone."""
    path = detail["loc"]
    holder, depth = data, 0
    while depth < len(path) - 1 and isinstance(_inner(holder, path[depth]), (dict, list)):
        holder = _inner(holder, path[depth])
        depth += 1
    key: Any = path[depth]
    is_unknown = detail["type"] == "extra_forbidden" and depth == len(path) - 1
    is_bad_name = path[-1] == "[key]" and depth == len(path) - 2
    if is_unknown or is_bad_name:
        del holder[key]
    else:
        holder[key] = None
    return path[: depth + 1]


def _inner(holder: Any, key: Any) -> Any:
    return holder.get(key) if isinstance(holder, dict) else holder[key]
