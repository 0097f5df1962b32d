"""The shelf: all plan files of a workspace, and which of them a command speaks of."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from kxplan.errors import os_reason
from kxplan.errors.plans import NoPlanError, PlanInvalidError, PlanTwiceError, UnknownPlanError, WhichPlanError
from kxplan.errors.store import CannotReadError
from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.plans.compiled import load_plan, plan_text
from kxplan.record import Record


class Filed(Record):
    """A plan with the file and the text that it comes from."""

    path: Path
    plan: Plan
    text: bytes


class Broken(Record):
    """A plan file with problems; `id` is what it seems to call itself."""

    path: Path
    id: str | None
    error: PlanInvalidError


class Shelf(Record):
    """The plan files of a workspace in the order of their names."""

    filed: tuple[Filed, ...]
    broken: tuple[Broken, ...]

    def choose(self, wanted: str | None, today: date) -> Filed:
        """Return the plan `wanted`, or the only one, or the only one whose period holds `today`.

        Raises:
            NoPlanError: there is no plan file at all.
            PlanInvalidError: the plan meant has problems.
            UnknownPlanError: no plan has that id.
            WhichPlanError: nothing says which of several is meant.
        """
        if not self.filed and not self.broken:
            raise NoPlanError
        if wanted is not None:
            return self._named(wanted)
        if not self.filed:
            raise self.broken[0].error
        if len(self.filed) == 1:
            return self.filed[0]
        present = [filed for filed in self.filed if today in filed.plan.period]
        if len(present) == 1:
            return present[0]
        raise WhichPlanError(known=self._listed(), first=self.filed[0].plan.id)

    def _named(self, wanted: str) -> Filed:
        for filed in self.filed:
            if filed.plan.id == wanted:
                return filed
        for broken in self.broken:
            if wanted in (broken.id, broken.path.stem):
                raise broken.error
        raise UnknownPlanError(known=self._listed(), wanted=wanted)

    def _listed(self) -> tuple[object, ...]:
        return tuple(message("cli.plan-line", id=filed.plan.id, title=filed.plan.title) for filed in self.filed)


def read_shelf(plans: Path, cache: Path | None) -> Shelf:
    """Return every plan file of the folder `plans`, compiled.

    Raises:
        PlanTwiceError: two files have one plan id.
        CannotReadError: a file cannot be read.
    """
    filed: list[Filed] = []
    broken: list[Broken] = []
    for path in plan_files(plans):
        try:
            plan, text = load_plan(path, cache)
        except PlanInvalidError as error:
            broken.append(Broken(path, _seeming_id(path), error))
        except OSError as error:
            raise CannotReadError(path=str(path), why=os_reason(error)) from error
        else:
            filed.append(Filed(path, plan, text))
    _refuse_twins(filed)
    return Shelf(tuple(filed), tuple(broken))


def plan_files(folder: Path) -> list[Path]:
    """Return the plan files (`*.yaml`, `*.yml`) of a folder, by name; none where it is not there.

    Raises:
        CannotReadError: the folder cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotReadError(path=str(folder), why=os_reason(error)) from error


def _refuse_twins(filed: list[Filed]) -> None:
    seen: dict[str, Path] = {}
    for one in filed:
        other = seen.setdefault(one.plan.id, one.path)
        if other is not one.path:
            raise PlanTwiceError(id=one.plan.id, files=(other.name, one.path.name))


def _seeming_id(path: Path) -> str | None:
    head = plan_text(path)[:65536].decode("utf-8", errors="replace")
    match = re.search(r"^plan:[ \t]*([a-z0-9-]+)[ \t]*(?:#.*)?$", head, re.MULTILINE)
    return match[1] if match else None
