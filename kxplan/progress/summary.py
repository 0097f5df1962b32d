"""The summary of many standings: counts of lights, and the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from kxplan.progress.standing import LIGHTS, Light, Standing
from kxplan.record import Record

_RANK: dict[str, int] = {
    "unreported": 0, "overdue": 1, "behind": 2, "at-risk": 3, "on-track": 5, "awaiting": 6,
    "not-started": 7, "done-late": 8, "done": 9, "cancelled": 10,
}  # fmt: skip
_NOTHING, _ALL = Fraction(0), Fraction(1)
_BLUE_RANK = 4
"""A blue light stands between at-risk and on-track."""


class Summary(Record):
    """The headline figures of a set of standings."""

    lights: Mapping[Light, int]
    """How many targets have each light; they add up to all of them."""
    done: int
    """Done in time or late; counted under green as well."""
    score: Fraction | None
    """得分, 0 to 100: attained shares weighted; None where nothing can be scored."""


def summary(standings: Iterable[Standing]) -> Summary:
    """Return the counts of lights and the weighted score of `standings`."""
    lights: dict[Light, int] = dict.fromkeys(LIGHTS, 0)
    done = 0
    reached = weights = Fraction(0)
    for standing in standings:
        lights[standing.light] += 1
        done += standing.state in ("done", "done-late")
        if standing.target.kind == "ongoing" or standing.state == "cancelled":
            continue
        weights += standing.target.weight
        reached += standing.target.weight * scored(standing)
    return Summary(lights, done, reached / weights * 100 if weights else None)


def scored(standing: Standing) -> Fraction:
    """Return what a target brings to the score, between 0 and 1."""
    if standing.target.is_ceiling:
        amount = standing.terms.amount or 0
        return Fraction(int((standing.actual or 0) <= amount))
    attained = standing.attained or _NOTHING
    return attained if 0 <= attained <= 1 else _NOTHING if attained < 0 else _ALL


def score_tenths(score: Fraction) -> int:
    """Return a score, 0 to 100, in the tenths that are told of it: between 0 and 100 from 1 through 999.

    Half up. Whether a score moved is asked of these: a move that nobody can see is none.
    """
    numerator, denominator = score.as_integer_ratio()
    tenths = (20 * numerator + denominator) // (2 * denominator)
    return min(max(tenths, 1), 999) if 0 < score < 100 else tenths


def worst_first(standings: Iterable[Standing]) -> list[Standing]:
    """Return `standings` for the screen: by state, worst first, then by gap, then in the given order."""
    return sorted(standings, key=_rank)


def _rank(standing: Standing) -> tuple[int, Fraction]:
    rank = _BLUE_RANK if standing.light == "blue" else _RANK[standing.state]
    return rank, standing.gap if standing.gap is not None else Fraction(0)
