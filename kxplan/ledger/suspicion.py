"""Suspicion: a quick look at a ledger that is about to be read, before its figures are believed."""

from __future__ import annotations

from kxplan.ledger.chain import CONTENT_SQL, sealed
from kxplan.ledger.corrections import corrected
from kxplan.ledger.derived import corrections, gathered
from kxplan.ledger.rows import sound_values
from kxplan.store.connection import Connection, read_tx


def is_suspicious(connection: Connection, most: int) -> bool:
    """Tell whether an entry was changed, or the sums do not follow from the entries; larger than `most` is not asked.

    Takes some 8 µs for each event.

    Raises:
        DamagedLedgerError: it cannot be read to the end.
    """
    with sound_values(connection), read_tx(connection):
        (newest,) = connection.execute("SELECT coalesce(max(number), 0) FROM entries").fetchone()
        if newest > most:
            return False
        return _is_chain_broken(connection) or _are_sums_wrong(connection)


def _is_chain_broken(connection: Connection) -> bool:
    last: dict[bytes, bytes] = {}
    rows = connection.execute(
        f"""
        SELECT number, CAST(origin AS BLOB), CAST(hash AS BLOB), CAST({CONTENT_SQL} AS BLOB)
        FROM entries ORDER BY number
        """  # noqa: S608 -- the names are ours
    )
    for expected, (number, origin, kept, content) in enumerate(rows, start=1):
        if number != expected or sealed(last.get(origin, b""), content) != kept:
            return True
        last[origin] = kept
    return False


def _are_sums_wrong(connection: Connection) -> bool:
    by = corrected(corrections(connection)).by
    kept = dict(connection.execute("SELECT number, corrected_by FROM corrected"))
    rows = connection.execute("SELECT * FROM sums ORDER BY plan, goal, target, day").fetchall()
    return kept != by or rows != list(gathered(connection, by).sums())
