"""Remarks under a standing: reasons and plan changes, and what evidence is missing where the plan asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxplan.commands.figures import View
from kxplan.commands.past import reasons_of
from kxplan.reports.remarks import Remarks, remarks

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Reader


def remarks_on(ledger: Reader, seen: View) -> Remarks:
    """Return what is said under each standing of a view, as known then."""
    said = remarks(reasons_of(ledger, seen.plan, seen.instant, seen.on))
    if not any(goal.evidence for goal in seen.plan.goals):
        return said
    from kxplan.reports.evidence import with_evidence  # noqa: PLC0415 -- most plans ask for no evidence

    return with_evidence(said, ledger.backed(seen.plan.id, seen.on, known_by=seen.instant))
