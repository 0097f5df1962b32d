"""Plan files: a plan dict of `naive` spelled as YAML, the way section 3 of the contract has it."""

from fractions import Fraction

import naive


def as_yaml(plan):
    """Spell the plan as a plan file."""
    file = {
        "plan": plan["plan"],
        "title": "区科协工作计划",
        "period": plan["period"],
        "lights": plan.get("lights", {}),
        "defaults": {"lead": "办公室", **plan.get("defaults", {})},
        "calendar": {key: chosen for key, chosen in plan.get("calendar", {}).items() if chosen},
        "sections": [{"id": "all", "title": "全部", "goals": [as_goal(goal) for goal in plan["goals"]]}],
    }
    return "\n".join(block(file, "")) + "\n"


def as_goal(goal):
    written = {"title": goal["id"], **goal}
    targets = {id: as_target(target) for id, target in goal.get("targets", {}).items()}
    if targets.keys() == {goal["id"]}:
        del written["targets"]
        targets = targets[goal["id"]]
        written["target"] = targets["amount"] if targets.keys() == {"amount"} else targets
    elif targets:
        written["targets"] = targets
    if "steps" in written:
        written["steps"] = [{"title": step["id"], **step} for step in goal["steps"]]
    if "revisions" in written:
        written["revisions"] = [as_revision(revision, None) for revision in goal["revisions"]]
    if "cancelled" in written:
        written["cancelled"] = {**goal["cancelled"], "reason": "不再举办"}
    return written


def as_target(target):
    unit = target.get("unit")
    written = {key: value for key, value in target.items() if key != "unit"}
    written["amount"] = quantity(target["amount"], unit)
    if target.get("kind") == "sum" and len(written["amount"]) % 2:
        del written["kind"]
    if "baseline" in target:
        written["baseline"] = quantity(target["baseline"], unit)
    if "checkpoints" in target:
        written["checkpoints"] = [as_checkpoint(point, unit) for point in target["checkpoints"]]
    if "revisions" in target:
        written["revisions"] = [as_revision(revision, unit) for revision in target["revisions"]]
    return written


def as_revision(revision, unit):
    written = {**revision, "reason": "上级调整"}
    if "amount" in revision:
        written["amount"] = quantity(revision["amount"], unit)
    if "checkpoints" in revision:
        written["checkpoints"] = [as_checkpoint(point, unit) for point in revision["checkpoints"]]
    return written


def as_checkpoint(point, unit):
    if "reach" in point:
        return {"by": point["by"], "reach": quantity(point["reach"], unit)}
    share = f"{naive.decimal(point['share'] * 100)}%"
    return {"by": point["by"], "reach": {"share": share} if unit == "%" else share}


def quantity(amount, unit):
    if amount and amount % 10000 == 0:
        return f"{naive.decimal(amount / 10000)}万{unit or ''}"
    return f"{naive.decimal(amount)}{unit or ''}"


def block(value, indent):
    """Write a mapping as lines of block YAML."""
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield f"{indent}{key}:"
            yield from block(item, indent + "  ")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            yield f"{indent}{key}:"
            for each in item:
                first, *rest = block(each, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif item not in ({}, []):
            yield f"{indent}{key}: {scalar(item)}"


def scalar(item):
    if isinstance(item, list):
        return f"[{', '.join(scalar(each) for each in item)}]"
    if isinstance(item, bool):
        return str(item).lower()
    return naive.decimal(item) if isinstance(item, Fraction) else str(item)
