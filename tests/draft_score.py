"""How well a draft meets hand labels: targets as a multiset of amount and unit, nouns, flags."""

import csv
import unicodedata
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple


class Score(NamedTuple):
    """The counts of one document, or of several added up."""

    matched: int = 0
    missed: int = 0
    invented: int = 0
    nouns: int = 0
    suspicious: int = 0
    flagged: int = 0
    clean: int = 0
    clean_flagged: int = 0

    def __add__(self, other):
        return Score(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def f1(self):
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / (2 * self.matched + self.missed + self.invented)


def labels(path):
    """Return the target rows of a label file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["kind"] == "target"]


def score(wanted, targets):
    """Measure the `targets` of an answer against label rows; a restated target may be listed once or each time."""
    pairs, missed, invented = _matched(wanted, targets)
    hits = _flagged(wanted, targets)
    clean = [(row, target) for row, target in pairs if not row["suspicious"]]
    return Score(
        matched=len(pairs),
        missed=len(missed),
        invented=len(invented),
        nouns=sum(_overlap(row["noun"], target["noun"]) >= min(2, len(set(row["noun"]))) for row, target in pairs),
        suspicious=sum(bool(row["suspicious"]) for row in wanted),
        flagged=hits,
        clean=len(clean),
        clean_flagged=sum(bool(target["flags"]) for _, target in clean),
    )


def key(row):
    """What has to be equal: the exact amount, and the unit without blanks and without a leading 个."""
    amount = None if row["amount"] in (None, "") else Decimal(row["amount"]).normalize() + 0
    unit = unicodedata.normalize("NFKC", row["unit"] or "").replace(" ", "")
    return amount, unit[1:] if len(unit) > 1 and unit[0] == "个" else unit


def _overlap(one, other):
    return len(set(one or "") & set(other or ""))


def _matched(wanted, targets):
    rows, answers = defaultdict(list), defaultdict(list)
    for row in wanted:
        rows[key(row)].append(row)
    for target in targets:
        answers[key(target)].append(target)
    pairs, missed, invented = [], [], []
    for each in {**rows, **answers}:
        left, right = rows[each], list(answers[each])
        ranked = sorted(
            (-_overlap(row["noun"], target["noun"]), i, j)
            for i, row in enumerate(left)
            for j, target in enumerate(right)
        )
        met_rows, met_targets = set(), set()
        for _, i, j in ranked:
            if i not in met_rows and j not in met_targets:
                met_rows.add(i)
                met_targets.add(j)
                pairs.append((left[i], right[j]))
        named = {left[i]["noun"] for i in met_rows}
        missed += [row for i, row in enumerate(left) if i not in met_rows and row["noun"] not in named]
        invented += [target for j, target in enumerate(right) if j not in met_targets]
    return pairs, missed, invented


def _flagged(wanted, targets):
    pool = [target for target in targets if target["flags"]]
    hits = 0
    for row in wanted:
        if not row["suspicious"]:
            continue
        amount, unit = key(row)
        same = [one for one in pool if key(one)[0] == amount and (row["amount"] or key(one)[1] == unit)]
        if same:
            pool.remove(min(same, key=lambda one: key(one)[1] != unit))
            hits += 1
    return hits
