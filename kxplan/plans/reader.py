"""Reading: the bytes of a plan file in, a Plan out, or every problem with its line and column."""

from __future__ import annotations

from kxplan.digest import sha256
from kxplan.model.plan import Plan
from kxplan.plans.compile import compiled
from kxplan.plans.compiled import MOST_BYTES
from kxplan.plans.findings import Findings, Position
from kxplan.plans.source import INVISIBLE, Node, code_point, read_tree

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_plan(text: bytes, file: str) -> Plan:
    """Return the plan that the text of a file is; `file` is how problems name it.

    Raises:
        PlanInvalidError: it has problems; all of them are told.
    """
    findings = Findings(file)
    root = _tree(text, findings)
    if root is None:
        findings.raise_if_any()
        raise AssertionError(file)
    return compiled(root, findings, sha256(text).hexdigest())


def _tree(text: bytes, findings: Findings) -> Node | None:
    if _is_word(text):
        findings.note_at(Position(1, 1), (), "plans.is-word")
        return None
    if len(text) > MOST_BYTES:
        findings.note_at(Position(1, 1), (), "plans.too-large")
        return None
    try:
        decoded = text.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        before = text[: error.start].decode("utf-8")
        findings.note_at(_end(before), (), "plans.not-utf8")
        return None
    root = read_tree(_without_invisible(decoded, findings), findings)
    if root is None and not findings:
        findings.note_at(Position(1, 1), (), "plans.empty-file")
    return root


def _is_word(content: bytes) -> bool:
    """Tell whether this is a Word document under the name of a plan: a zip of parts in `word/`, or its older form."""
    if content.startswith(b"PK\x03\x04"):
        return b"word/" in content
    return content.startswith(b"\xd0\xcf\x11\xe0") and "WordDocument".encode("utf-16-le") in content


def _without_invisible(text: str, findings: Findings) -> str:
    """Return the text with a blank for each character that is not seen; each is noted."""
    for found in INVISIBLE.finditer(text):
        findings.note_at(_end(text[: found.start()]), (), "plans.control-character", code=code_point(found.group()))
        if findings.is_full:
            break
    return INVISIBLE.sub(" ", text)


def _end(before: str) -> Position:
    """Return the position right after `before`."""
    line = before.count("\n")
    return Position(line + 1, len(before) - (before.rfind("\n") + 1) + 1)
