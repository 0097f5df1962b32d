"""The ledger against a plain list: whatever is recorded, corrected and undone, both say the same."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kxplan.errors.ledger import LedgerRefusalError
from kxplan.ledger.opening import memory_ledger
from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.model.tally import Look, Newest, Tally

BEGUN = datetime(2023, 1, 1, tzinfo=UTC)
DAYS = [date(2023, 1, 1) + timedelta(days=n) for n in range(5)]
VERSION = PlanVersion("p", "d", "text d", ())
GOALS = ("a", "b")
STEPS = ("x", "y", "z")

goals = st.sampled_from(GOALS)
days = st.sampled_from(DAYS)
people = st.sampled_from(["王", "李"])
moments = st.floats(0, 1) | st.integers(0, 40)
"""A share of the time gone, or whole seconds from the beginning: the very instant of an event."""
amounts = st.none() | st.decimals(-50, 50, places=2)
breakdowns = st.sampled_from([(), (("人群", "农民"),), (("人群", "学生"),)])


class Listed:
    """The ledger as a list of events, every question answered by reading all of it."""

    def __init__(self):
        self.events = []
        self.versions = []
        self.marks = []

    def add(self, **event):
        self.events.append({"number": event["number"], "corrects": None, **event})

    def saw(self, digest, at):
        """A writing call records the plan's text where it differs from the one last recorded."""
        if not self.versions or self.versions[-1][0] != digest:
            self.versions.append((digest, at))

    def version(self, known):
        before = [digest for digest, at in self.versions if at < known]
        return before[-1] if before else self.versions[0][0] if self.versions else None

    def event(self, number):
        return next((event for event in self.events if event["number"] == number), None)

    def corrections(self, number, known):
        return [event for event in self.events if event["corrects"] == number and event["at"] < known]

    def holds(self, event, known):
        return not any(
            each["act"] == "void" and self.holds(each, known) for each in self.corrections(event["number"], known)
        )

    def against(self, event, known):
        return [each["number"] for each in self.corrections(event["number"], known) if self.holds(each, known)]

    def is_void(self, event, known):
        return any(self.event(number)["act"] == "void" for number in self.against(event, known))

    def standing(self, known):
        return [
            event
            for event in self.events
            if event["at"] < known and event["act"] != "void" and not self.against(event, known)
        ]

    def root(self, event):
        return event["number"] if event["corrects"] is None else self.root(self.event(event["corrects"]))

    def done(self, known):
        return [step for event in self.standing(known) for step in event["steps"]]

    def tally(self, goal, on, known):
        held = [event for event in self.standing(known) if event["goal"] == goal and event["day"] <= on]
        if not held:
            return None
        valued = [event for event in held if event["amount"] is not None]
        newest = max(valued, key=lambda event: (event["day"], self.root(event)), default=None)
        return Tally(
            total=sum((event["amount"] for event in valued), start=Decimal(0)),
            newest=Newest(newest["day"], newest["amount"]) if newest else None,
            entries=len(held),
            first=min(event["day"] for event in held),
            last=max(event["day"] for event in held),
            steps=frozenset(step for event in held for step in event["steps"]),
        )

    def share(self, goal, value, on, known):
        return sum(
            (
                event["amount"] or Decimal(0)
                for event in self.standing(known)
                if event["goal"] == goal and event["day"] <= on and dict(event["breakdown"]).get("人群") == value
            ),
            start=Decimal(0),
        )


class LedgerMachine(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.ledger = memory_ledger()
        self.listed = Listed()
        self.at = BEGUN
        self.version = VERSION

    def teardown(self):
        self.ledger.close()

    @property
    def always(self):
        return datetime.max.replace(tzinfo=UTC)

    def moment(self, known):
        if known is None or isinstance(known, int):
            return None if known is None else BEGUN + timedelta(seconds=known)
        return BEGUN + (self.at + timedelta(seconds=1) - BEGUN) * known

    def tick(self):
        self.at += timedelta(seconds=1)
        return self.at

    def note(self, entry, event=None, batch=None):
        """Put an entry that the ledger gave back into the list, from what was asked and not from what came."""
        self.listed.add(number=entry.number, act=entry.act, at=self.at, batch=batch, **event)
        self.listed.saw(self.version.digest, self.at)

    @rule(digest=st.sampled_from(["d", "e", "f"]))
    def revise(self, digest):
        self.version = VERSION._replace(digest=digest, text=f"text {digest}")

    @rule(name=st.sampled_from(["例会", "年中", "年底"]), day=days)
    def mark(self, name, day):
        signed = {"day": day, "who": "王", "recorded_at": self.tick()}
        if name in [mark[0] for mark in self.listed.marks]:
            with pytest.raises(LedgerRefusalError):
                self.ledger.mark(self.version, name, **signed)
            return
        self.ledger.mark(self.version, name, **signed)
        self.listed.marks.append((name, day, self.at))
        self.listed.saw(self.version.digest, self.at)

    @rule(known=moments)
    def read_plan_and_marks(self, known):
        instant = self.moment(known)
        found = self.ledger.version_known_by("p", instant)
        assert (found and found.digest) == self.listed.version(instant)
        assert found is None or found.text == f"text {found.digest}"
        assert [(mark.name, mark.day, mark.recorded_at) for mark in self.ledger.marks()] == self.listed.marks

    @rule(goal=goals, day=days, who=people, lines=st.lists(st.tuples(amounts, breakdowns), min_size=1, max_size=3))
    def log(self, goal, day, who, lines):
        new = [NewEntry(goal, goal, day, amount, breakdown=breakdown) for amount, breakdown in lines]
        recorded = self.ledger.record(self.version, new, act="log", who=who, recorded_at=self.tick())
        for entry, (amount, breakdown) in zip(recorded, lines, strict=True):
            event = {"goal": goal, "day": day, "amount": amount, "breakdown": breakdown, "steps": (), "who": who}
            self.note(entry, event, recorded[0].number)

    @rule(day=days, who=people, steps=st.sets(st.sampled_from(STEPS), min_size=1).map(sorted).map(tuple))
    def done(self, day, who, steps):
        left = tuple(step for step in steps if step not in self.listed.done(self.always))
        new = NewEntry("m", "m", day, None, steps=steps)
        if not left:
            with pytest.raises(LedgerRefusalError):
                self.ledger.record(self.version, [new], act="done", who=who, recorded_at=self.tick())
            return
        (entry,) = self.ledger.record(self.version, [new], act="done", who=who, recorded_at=self.tick())
        event = {"goal": "m", "day": day, "amount": None, "breakdown": (), "steps": left, "who": who}
        self.note(entry, event, entry.number)

    @precondition(lambda self: self.listed.events)
    @rule(data=st.data(), day=st.none() | days, amount=amounts, goal=st.none() | goals)
    def fix(self, data, day, amount, goal):
        old = data.draw(st.sampled_from(self.listed.events))
        goal = None if old["steps"] else goal
        asked = {"day": day, "amount": amount, "goal": goal, "target": goal}
        signed = {"reason": "笔误", "who": "王", "recorded_at": self.tick()}
        is_refused = (
            old["act"] == "void" or self.listed.against(old, self.always) or (old["steps"] and amount is not None)
        )
        if is_refused:
            with pytest.raises(LedgerRefusalError):
                self.ledger.fix(self.version, old["number"], **asked, **signed)
            return
        entry = self.ledger.fix(self.version, old["number"], **asked, **signed)
        named = {"day": day, "amount": amount, "goal": goal}
        kept = {key: value for key, value in named.items() if value is not None}
        copy = {key: old[key] for key in ("goal", "day", "amount", "breakdown", "steps")}
        self.note(entry, {**copy, **kept, "who": "王", "corrects": old["number"]})

    @precondition(lambda self: self.listed.events)
    @rule(data=st.data())
    def void(self, data):
        old = data.draw(st.sampled_from(self.listed.events))
        signed = {"reason": "重复", "who": "李", "recorded_at": self.tick()}
        blank = {"amount": None, "breakdown": (), "steps": (), "who": "李", "corrects": old["number"]}
        event = {**{key: old[key] for key in ("goal", "day")}, **blank}
        if self.listed.against(old, self.always) or self.would_clash(
            {**event, "number": -1, "act": "void", "at": self.at}
        ):
            with pytest.raises(LedgerRefusalError):
                self.ledger.void(self.version, old["number"], **signed)
            return
        self.note(self.ledger.void(self.version, old["number"], **signed), event)

    def would_clash(self, event):
        """Tell whether, with this void, an entry would be corrected twice or a step done twice."""
        self.listed.events.append(event)
        twice = any(len(self.listed.against(each, self.always)) > 1 for each in self.listed.events)
        done = self.listed.done(self.always)
        self.listed.events.pop()
        return twice or len(done) != len(set(done))

    @rule(who=people)
    def undo(self, who):
        own = [
            each
            for each in self.listed.events
            if each["who"] == who and each["act"] in ("log", "done") and not self.listed.is_void(each, self.always)
        ]
        batch = [each for each in own if each["batch"] == own[-1]["batch"]]
        if not own or any(self.listed.against(each, self.always) for each in batch):
            with pytest.raises(LedgerRefusalError):
                self.ledger.undo(self.version, who=who, recorded_at=self.tick())
            return
        voids = self.ledger.undo(self.version, who=who, recorded_at=self.tick())
        assert [void.corrects for void in voids] == [each["number"] for each in batch]
        for void, each in zip(voids, batch, strict=True):
            kept = {key: each[key] for key in ("goal", "day")}
            blank = {"amount": None, "breakdown": (), "steps": (), "who": who, "corrects": each["number"]}
            self.note(void, {**kept, **blank})

    @rule(on=days, before=days, due=days, known=st.none() | moments)
    def ask(self, on, before, due, known):
        instant = self.moment(known)
        cut = instant or self.always
        keys = {(goal, goal): due for goal in (*GOALS, "m")} if due < on else {}
        accounts = self.ledger.accounts("p", on, window_start=before, due=keys, known_by=instant)
        assert {goal for goal, _ in accounts} == {goal for goal in (*GOALS, "m") if self.listed.tally(goal, on, cut)}
        for (goal, _), account in accounts.items():
            ends = (on, before - timedelta(days=1), due if keys else on)
            for tally, end in zip(account, ends, strict=True):
                assert tally == (self.listed.tally(goal, end, cut) or Tally())

    @rule(asked=st.lists(st.tuples(days, days, st.floats(0, 1)), min_size=1, max_size=4))
    def ask_of_many_moments(self, asked):
        looks = [
            Look(on, BEGUN + (self.at - BEGUN) * known, before, {}, {"a": "b"} if known > 0.5 else {})
            for on, before, known in asked
        ]
        for look, found in zip(looks, self.ledger.accounts_then("p", looks), strict=True):
            assert found == self.ledger.accounts(
                "p", look.on, window_start=look.window_start, due={}, known_by=look.known_by, formerly=look.formerly
            )

    @rule(goal=goals, on=days, known=st.none() | moments)
    def ask_shares(self, goal, on, known):
        instant = self.moment(known)
        shares = self.ledger.breakdown_sums("p", goal, goal, "人群", on, known_by=instant)
        for value in ("农民", "学生", None):
            assert shares.get(value, 0) == self.listed.share(goal, value, on, instant or self.always)

    @rule(known=st.none() | moments)
    def read_history(self, known):
        instant = self.moment(known)
        cut = instant or self.always
        entries = self.ledger.history("p", known_by=instant, newest_first=False)
        expected = [each for each in self.listed.events if each["at"] < cut]
        assert [entry.number for entry in entries] == [each["number"] for each in expected]
        for entry, each in zip(entries, expected, strict=True):
            against = self.listed.against(each, cut)
            assert entry.corrected_by == (against[0] if against else None)
            assert (entry.state == "counted") == (not against)
            assert (entry.amount, entry.goal, entry.day, entry.who) == (
                each["amount"], each["goal"], each["day"], each["who"],
            )  # fmt: skip

    @precondition(lambda self: self.listed.events)
    @rule(data=st.data())
    def read_life(self, data):
        event = data.draw(st.sampled_from(self.listed.events))
        root = self.listed.root(event)
        family = [each["number"] for each in self.listed.events if self.listed.root(each) == root]
        assert [entry.number for entry in self.ledger.life(event["number"])] == family

    @invariant()
    def is_sound(self):
        assert self.ledger.verify() == ()


LedgerMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, suppress_health_check=list(HealthCheck)
)
test_the_ledger_says_what_a_plain_list_says = LedgerMachine.TestCase
