"""Failures of plans and goals: which one is meant, and what a plan file says wrong."""

from __future__ import annotations

from kxplan.errors import ExitCode, KxplanError
from kxplan.message import Message
from kxplan.record import Record

_MOST_NAMED = 5
"""How many goals a refusal lists."""


class NoPlanError(KxplanError):
    """The workspace has no plan file yet."""

    message_id = "cli.no-plan"
    exit_code = ExitCode.USAGE


class WhichPlanError(KxplanError):
    """Several plans, and nothing says which."""

    message_id = "cli.which-plan"
    exit_code = ExitCode.USAGE


class UnknownPlanError(KxplanError):
    """No plan has the id asked for."""

    message_id = "cli.unknown-plan"
    exit_code = ExitCode.USAGE


class PlanTwiceError(KxplanError):
    """Two files claim one plan id."""

    message_id = "cli.plan-twice"
    exit_code = ExitCode.INVALID


class Problem(Record):
    """One thing that is wrong with a file, and where; line and column are counted from 1."""

    file: str
    line: int
    column: int
    key: str
    """The dotted key, as in `sections[0].goals[2].target`; "" where it concerns no key."""
    message: Message

    @property
    def sentence(self) -> Message:
        """The problem as one line with its place."""
        place = {"file": self.file, "line": self.line, "column": self.column, "what": self.message}
        return Message("cli.problem", {**place, "key": self.key}) if self.key else Message("cli.problem-keyless", place)


class PlanInvalidError(KxplanError):
    """A plan file has problems, told one by one in the order of the file."""

    message_id = "plans.invalid"
    exit_code = ExitCode.INVALID

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(file=file, n=len(problems))
        self.problems = problems


class UnknownGoalError(KxplanError):
    """The plan has no goal under this word."""

    message_id = "plans.unknown-goal"
    exit_code = ExitCode.NOT_FOUND

    def __init__(self, word: str, nearest: tuple[Message, ...]) -> None:
        super().__init__(word=word, nearest=nearest)
        self.word = word

    @property
    def message(self) -> Message:
        """The sentence; with the nearest goals where there are any."""
        return Message("plans.unknown-goal-near" if self.data["nearest"] else self.message_id, self.data)


class AmbiguousGoalError(KxplanError):
    """A word fits several goals equally well."""

    message_id = "plans.ambiguous-goal"
    exit_code = ExitCode.NOT_FOUND

    def __init__(self, word: str, goals: tuple[Message, ...], *, is_title_shared: bool) -> None:
        super().__init__(word=word, goals=goals[:_MOST_NAMED], n=len(goals))
        self._is_title_shared = is_title_shared

    @property
    def message(self) -> Message:
        """The sentence; where goals bear one title, only the id tells them apart."""
        return Message("plans.ambiguous-title" if self._is_title_shared else self.message_id, self.data)


class UnknownTargetError(KxplanError):
    """A goal has no target or step under this word."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)
