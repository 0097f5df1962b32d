"""The ledger as JSON: one event on a line, everything that the chain of hashes covers, written as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from kxplan.model.event import Event, Extent
from kxplan.render.numbers import plain
from kxplan.render.records import VERSION

_encoded = json.JSONEncoder(ensure_ascii=False).encode


def write_ledger_json(sink: BinaryIO, extent: Extent, events: Iterable[Event]) -> None:
    """Write the object of `export --json` to `sink`; `events` are all that `extent` speaks of."""
    sink.write(f'{{"kxplan": {VERSION}, "ledger": {_encoded(extent._asdict())}, "events": ['.encode())
    separator = "\n"
    for event in events:
        sink.write(f"{separator}{_encoded(_record(event))}".encode())
        separator = ",\n"
    sink.write(b"\n]}\n")


def _record(event: Event) -> dict[str, object]:
    record = event._asdict()
    for name in ("amount", "denominator"):
        if record[name] is not None:
            record[name] = plain(record[name])
    return record
