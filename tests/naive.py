"""Naive arithmetic: section 4 of the contract written a second time, slowly and straight from its text.

It shares nothing with the program. Plans are those of `naive_plan`; an entry is `(number, day, amount,
denominator, steps)`.
"""

from datetime import date, timedelta
from fractions import Fraction

from naive_plan import baseline, in_force, is_whole, targets_of

DAY = timedelta(days=1)


def status(plan, entries, on):
    """Return the figures of every target in plan order and the summary; `entries` by (goal, target)."""
    targets = [target for goal in plan["goals"] for target in targets_of(plan, goal)]
    mine = [entries.get((target["goal"], target["id"]), []) for target in targets]
    records = [record(*each, on) for each in zip(targets, mine, strict=True)]
    summary = {
        light: sum(r["light"] == light for r in records) for light in ("green", "yellow", "red", "blue", "grey", "none")
    }
    summary["done"] = sum(r["state"] in ("done", "done-late") for r in records)
    summary["score"] = score(zip(targets, mine, strict=True), on)
    return records, summary


def record(target, entries, on):
    """Return what `status --json` says of the target, from its kind on."""
    now = [entry for entry in entries if entry[1] <= on]
    terms = in_force(target, on)
    state = state_of(target, now, on)
    days = [day for _, day, *_ in now]
    result = {
        "kind": target["kind"],
        "direction": target["direction"],
        "unit": target.get("unit"),
        "state": state,
        "light": light_of(target, now, on),
        "from": target["from"].isoformat(),
        "by": terms["by"].isoformat(),
        "due_soon": is_due_soon(target, now, on),
        "entries": len(now),
        "last_entry": max(days).isoformat() if days else None,
        "need_per_week": None,
        "forecast": None,
    }
    if target["kind"] == "ongoing":
        return {**result, **dict.fromkeys(("baseline", "amount", "actual", "expected", "attained", "gap"))}
    result["baseline"] = decimal(baseline(target))
    result["amount"] = decimal(terms["amount"])
    result["actual"] = decimal(actual(target, now))
    result["attained"] = shown_attained(attained(target, now, on))
    waiting = state == "awaiting"
    result["expected"] = None if waiting else decimal(expected(target, on))
    result["gap"] = None if waiting else fixed(gap(target, now, on), 1)
    if state != "cancelled" and target["kind"] in ("sum", "running"):
        result["need_per_week"] = decimal(need_per_week(target, now, on))
        result["forecast"] = forecast(target, now, on)
    return result


# What is promised


def is_ceiling(target):
    return target["kind"] == "sum" and target["direction"] == "down"


def share(target, on):
    """Return how much of the way is to be gone by the end of the day."""
    terms = in_force(target, on)
    start, by, pace = target["from"], terms["by"], terms["pace"]
    if on >= by:
        return Fraction(1)
    if on < start or pace == "none":
        return Fraction(0)
    if pace == "checkpoints":
        return share_of_checkpoints(terms["checkpoints"], start, target["interpolate"], on)
    if pace in ("even", "workdays"):
        counted = [day for day in days_between(start, by) if pace == "even" or day in target["workdays"]]
        counted = counted or days_between(start, by)
        return Fraction(sum(day <= on for day in counted), len(counted))
    ends = [day for day in days_between(start, by) if day == by or is_last_day(pace, day)]
    return Fraction(sum(end <= on for end in ends), len(ends))


def share_of_checkpoints(checkpoints, start, interpolate, on):
    before_day, before_share = start - DAY, Fraction(0)
    for day, reached in checkpoints:
        if on < day:
            if interpolate == "step":
                return before_share
            return before_share + (reached - before_share) * Fraction((on - before_day).days, (day - before_day).days)
        before_day, before_share = day, reached
    return before_share


def days_between(first, last):
    return [first + n * DAY for n in range((last - first).days + 1)]


def first_day(rhythm, day):
    """Return the first day of the calendar week, month, quarter or half year that holds the day."""
    if rhythm == "weekly":
        return day - day.weekday() * DAY
    months = {"monthly": 1, "quarterly": 3, "half-yearly": 6}[rhythm]
    return date(day.year, day.month - (day.month - 1) % months, 1)


def is_last_day(rhythm, day):
    return first_day(rhythm, day) != first_day(rhythm, day + DAY)


def expected(target, on):
    terms = in_force(target, on)
    if target["kind"] == "milestone":
        return sum((weight for _, due, weight in terms["steps"] if due < on), Fraction(0))
    exact = baseline(target) + share(target, on) * (terms["amount"] - baseline(target))
    return rounded_down_the_way(target, on, exact, terms["amount"])


def rounded_down_the_way(target, on, exact, amount):
    if not is_whole(target, on):
        return exact
    return ceil(exact) if amount < baseline(target) else floor(exact)


# What is done


def actual(target, now):
    if target["kind"] == "milestone":
        done = {id for *_, steps in now for id in steps}
        return sum((step.get("weight", Fraction(1)) for step in target["steps"] if step["id"] in done), Fraction(0))
    if target["kind"] == "sum":
        return baseline(target) + sum(amount for _, _, amount, *_ in now)
    if not now:
        return baseline(target)
    _, _, amount, denominator, _ = max(now, key=lambda entry: (entry[1], entry[0]))
    if target["kind"] == "ratio":
        if target.get("pool"):
            amount, denominator = sum(entry[2] for entry in now), sum(entry[3] for entry in now)
        return amount / denominator * 100
    return amount


def attained(target, now, on):
    amount = in_force(target, on)["amount"]
    way = amount - baseline(target)
    return (actual(target, now) - baseline(target)) / way if way else None


def gap(target, now, on):
    way = in_force(target, on)["amount"] - baseline(target)
    if not way:
        return None
    points = (actual(target, now) - expected(target, on)) / way * 100
    return -points if is_ceiling(target) else points


def shortfall(target, now, on):
    if target["lights"]["mode"] == "points":
        return -gap(target, now, on)
    promised = expected(target, on)
    if promised == baseline(target):
        return Fraction(0)
    return (promised - actual(target, now)) / (promised - baseline(target)) * 100


# How it stands


def state_of(target, now, on):
    if is_cancelled(target, on):
        return "cancelled"
    if target["kind"] == "ongoing":
        return "unreported" if is_unreported(target, now, on) else "on-track" if now else "not-started"
    if is_ceiling(target):
        return state_of_ceiling(target, now, on)
    terms = in_force(target, on)
    if attained(target, now, on) >= 1:
        in_time = [entry for entry in now if entry[1] <= terms["by"]]
        return "done-late" if on > terms["by"] and attained(target, in_time, on) < 1 else "done"
    if on < target["from"]:
        return "not-started"
    if on > terms["by"]:
        return "overdue"
    if is_unreported(target, now, on):
        return "unreported"
    if terms["pace"] == "none":
        return "awaiting"
    short = shortfall(target, now, on)
    if short <= 0 or short < target["lights"]["yellow"]:
        return "on-track"
    return "at-risk" if short <= target["lights"]["red"] else "behind"


def state_of_ceiling(target, now, on):
    terms = in_force(target, on)
    if actual(target, now) > terms["amount"]:
        return "behind"
    if on < target["from"]:
        return "not-started"
    if on > terms["by"]:
        return "done"
    if is_unreported(target, now, on):
        return "unreported"
    if terms["pace"] == "none":
        return "awaiting"
    return "on-track" if actual(target, now) <= expected(target, on) else "at-risk"


def is_cancelled(target, on):
    return target["cancelled"] is not None and on >= target["cancelled"]["from"]


def is_unreported(target, now, on):
    rhythm = target["reporting"]
    if rhythm == "none":
        return False
    start, by = target["from"], in_force(target, on)["by"]
    day = on - target["lights"]["grace"] * DAY
    while day >= start:
        first = first_day(rhythm, day)
        if is_last_day(rhythm, day) and first <= by:
            return not any(first <= entry[1] <= on for entry in now)
        day -= DAY
    return False


def light_of(target, now, on):
    state = state_of(target, now, on)
    light = {
        **dict.fromkeys(("done", "done-late", "on-track"), "green"),
        **dict.fromkeys(("behind", "overdue"), "red"),
        "at-risk": "yellow",
        "unreported": "grey",
    }.get(state, "none")
    if is_due_soon(target, now, on) and light in ("green", "none") and state != "cancelled":
        return "blue"
    return light


def is_due_soon(target, now, on):
    if target["kind"] != "milestone" or attained(target, now, on) >= 1:
        return False
    done = {id for *_, steps in now for id in steps}
    undone = [due for id, due, _ in in_force(target, on)["steps"] if id not in done]
    return any(0 <= (due - on).days <= target["lights"]["due_soon"] for due in undone)


# What is to come


def need_per_week(target, now, on):
    terms = in_force(target, on)
    if is_ceiling(target) or attained(target, now, on) >= 1 or on >= terms["by"]:
        return None
    remains = terms["amount"] - actual(target, now)
    need = remains * 7 / len(days_between(on + DAY, terms["by"]))
    if is_whole(target, on):
        need = ceil(need) if need > 0 else floor(need)
    return min(need, remains, key=abs)


def forecast(target, now, on):
    if len(now) < 2:
        return None
    terms = in_force(target, on)
    start = max(on - 55 * DAY, min(day for _, day, *_ in now))
    start = min(start, on - 13 * DAY)
    before = [entry for entry in now if entry[1] < start]
    speed = (actual(target, now) - actual(target, before)) / len(days_between(start, on))
    final = actual(target, now) + speed * max(0, (terms["by"] - on).days)
    return {
        "final": decimal(rounded_down_the_way(target, on, final, terms["amount"])),
        "reaches_on": reaches_on(target, now, on, speed),
    }


def reaches_on(target, now, on, speed):
    terms = in_force(target, on)
    remains = terms["amount"] - actual(target, now)
    if is_ceiling(target) or attained(target, now, on) >= 1 or remains * speed <= 0:
        return None
    by = terms["by"]
    latest = date(by.year + 2, 2, 28) if (by.month, by.day) == (2, 29) else by.replace(year=by.year + 2)
    days = ceil(remains / speed)
    return (on + days * DAY).isoformat() if days <= (latest - on).days else None


def score(targets_with_entries, on):
    weights = reached = Fraction(0)
    for target, entries in targets_with_entries:
        if target["kind"] == "ongoing" or is_cancelled(target, on):
            continue
        now = [entry for entry in entries if entry[1] <= on]
        if is_ceiling(target):
            held = Fraction(actual(target, now) <= in_force(target, on)["amount"])
        else:
            held = min(max(attained(target, now, on), Fraction(0)), Fraction(1))
        weights += target["weight"]
        reached += target["weight"] * held
    if not weights:
        return None
    exact = reached / weights * 100
    if 0 < exact < 100:
        exact = min(max(exact, Fraction("0.1")), Fraction("99.9"))
    return fixed(exact, 1)


# How it is written


def shown_attained(exact):
    if exact is not None and 0 < exact < 1:
        exact = min(max(exact, Fraction("0.0001")), Fraction("0.9999"))
    return fixed(exact, 4)


def decimal(exact):
    """Write an amount: at most 6 places, half up away from zero, no trailing zeros, never -0."""
    if exact is None:
        return None
    return fixed(exact, 6).rstrip("0").rstrip(".")


def fixed(exact, places):
    if exact is None:
        return None
    digits = floor(abs(exact) * 10**places + Fraction(1, 2))
    text = str(digits).zfill(places + 1)
    sign = "-" if exact < 0 and digits else ""
    return f"{sign}{text[:-places]}.{text[-places:]}"


def floor(exact):
    return exact.numerator // exact.denominator


def ceil(exact):
    return -floor(-exact)
