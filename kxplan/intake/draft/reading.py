"""Reading: a sentence of a plan in, its targets and the numbers passed over out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kxplan.intake.draft import damage
from kxplan.intake.draft.asides import Reason, asides
from kxplan.intake.draft.deadlines import Deadline, Deadlines
from kxplan.intake.draft.dealing import dealt, units_shared
from kxplan.intake.draft.figures import Figure, Span, figures
from kxplan.intake.draft.found import Found, Passed, Reading
from kxplan.intake.draft.levels import is_flow, tells_level
from kxplan.intake.draft.limits import Comparator, comparator
from kxplan.intake.draft.measures import AGES, LASTING, SHARES
from kxplan.intake.draft.nouns import PLACES, Noun, is_bare, noun, thing_of
from kxplan.intake.draft.parts import parts_compared
from kxplan.intake.draft.questions import deadline_questions, questions
from kxplan.intake.draft.rhythm import Rhythm, rhythm
from kxplan.intake.draft.single import is_single_target
from kxplan.intake.draft.specs import is_spec
from kxplan.intake.draft.tense import Frame, tense


def reading(text: str, frame: Frame, topic: str = "", *, column_unit: str = "", is_bare: bool = False) -> Reading:
    """Return what the levelled sentence `text` promises.

    `topic` is what its item is about and stands in for nouns left out; `column_unit` is the unit
    of bare numbers, and `is_bare` says that a number needs none. Whatever is uncertain is in the asks of a target, damage in its flags.
    """
    sentence = _Sentence(text, frame, topic, column_unit, is_bare=is_bare)
    found: list[Found] = []
    passed = list(sentence.asides())
    for statement in sentence.statements():
        if isinstance(statement, Passed):
            passed.append(statement)
        else:
            found.append(statement)
    return Reading(tuple(parts_compared(text, found)), tuple(passed))


_BOUNDARY = re.compile(r"[，。；：！？]")
_BRACKETED = re.compile(r"（[^（）]*）")
_SEMICOLON = re.compile(r"[；。！？]")
_SEPARATOR = re.compile(r"[、和及与并]")
_OWNED = re.compile(r"[\u4e00-\u9fff]{1,8}的(?=[\u4e00-\u9fff])")
"""The noun behind a number that the rest of the clause belongs to: 9个街道的配备率."""
_ONES = re.compile(r"[一二三四五六七八九十]个一”?")
_VAGUE = re.compile(
    r"(?<![统同])一批(?!次)|若干(?:个|名|项|场|次|家)?|一系列|数[十百千](?=[个场次名人篇家])|几[十百千]?(?=[个场次名篇家项])|多[场次项](?=[\u4e00-\u9fff])|一定数量"
)


class _Place(NamedTuple):
    """Where a figure stands in its sentence."""

    clause: str
    before: str
    """Its clause up to it."""
    lead_in: str
    """What of that belongs to it alone."""
    tail: str
    """What follows it, up to the next figure or the end of the clause."""
    gap: str | None
    """All between the figure before it in the clause and it; None for the first."""
    part: str
    """The stretch between semicolons."""
    clause_before: str
    """The clause before its own, where that holds no figure and its own none before it; else empty."""
    dealt: str | None
    """What 分别 gives it of a list, where there is one."""
    continues_part: bool
    """Whether a figure stands before it between the same semicolons."""

    @property
    def continues_list(self) -> bool:
        return self.gap is not None and bool(_SEPARATOR.search(self.gap))

    @property
    def scope_before(self) -> str:
        """The words that say for whom a figure is that goes on behind another: 每名委员提一条建议、讲一堂课，带一名徒弟."""
        if self.continues_list and _OPENS_WITH_PER.match(self.before):
            return self.before
        opening = _FOR_EACH.match(self.part) if _ONLY_A_VERB.fullmatch(self.lead_in) else None
        return opening[0] if opening else ""


class _Sentence:
    """One sentence with everything that its figures are judged by."""

    def __init__(self, text: str, frame: Frame, topic: str, column_unit: str, *, is_bare: bool) -> None:
        self._is_bare = is_bare
        self._text, self._frame, self._topic = text, frame, topic
        self._asides = asides(text)
        self._vague = list(_VAGUE.finditer(text))
        taken = [(aside.start, aside.end) for aside in self._asides] + [match.span() for match in self._vague]
        self._figures = units_shared(text, figures(text, taken, unit=column_unit))
        self._tense = tense(text, frame)
        self._has_ones = bool(_ONES.search(text) or _ONES.search(topic))
        self._brackets = [match.span() for match in _BRACKETED.finditer(text)]

    def asides(self) -> Iterator[Passed]:
        """Return the numbers that count nothing, and the words for no number in particular."""
        for aside in self._asides:
            yield Passed(self._clause(aside.start, aside.end), aside.text, aside.reason)
        for match in self._vague:
            yield Passed(self._clause(*match.span()), match[0], "vague")

    def statements(self) -> Iterator[Found | Passed]:
        """Judge the figures in order."""
        judged: list[tuple[Figure, _Place, Reason | None]] = []
        for figure, place in self._places():
            before = next((reason for _, _, reason in reversed(judged) if reason != "spec"), None)
            reason = self._reason(figure, place, before)
            if reason is None and place.before.startswith("其中") and judged and judged[-1][2] == "spec":
                reason = "spec" if judged[-1][0].unit == figure.unit else None
            is_share = figure.unit == "元" and place.before.startswith("其中")
            if reason == "spec" and is_share and not _IS_A_FLOOR.match(self._text, figure.end):
                reason = next((told for other, _, told in reversed(judged) if other.unit == "元"), reason)
            if reason is None and judged and self._goes_on(judged[-1][0], judged[-1][2], figure, place):
                reason = "spec"
            judged.append((figure, place, reason))
        wanted = [figure.start for figure, place, reason in judged if reason is None and not _is_routine(place)]
        limits = Deadlines(self._text, self._frame.year, wanted)
        earlier, whole, last = "", "", None
        alike: dict[str, str] = {}
        for number, (figure, place, reason) in enumerate(judged):
            shared = _SHARED_HEAD.match(self._text, figure.end)
            tail = shared[1] if shared else self._shared_tail(figure, place)
            if place.before.startswith("其中"):
                whole = whole or earlier
            elif place.gap is None:
                earlier, whole = whole or earlier, ""
            lead_in = place.dealt or self._before_bracket(figure, place) or place.lead_in
            is_new_clause = place.gap is None and figure.unit not in SHARES.split()
            left_out = (alike.get(figure.unit) if is_new_clause and is_bare(lead_in) else None) or earlier
            is_all = is_bare(lead_in) and not (left_out and place.continues_part)
            meant = thing_of(place.clause_before, is_all=is_all) or left_out
            named = noun(lead_in, tail, figure.unit, meant, self._topic)
            if reason in (None, "fact"):
                alike[figure.unit] = earlier = self._thing(figure, named, earlier)
            if reason is not None:
                yield Passed(place.clause, self._text[figure.start : figure.end], reason)
                continue
            last = self._found(figure, place, named, last if place.continues_list else None, limits.of(figure.start))
            baseline = self._baseline(figure, place, judged[:number])
            is_level = baseline is not None or tells_level(place.lead_in, figure.unit)
            yield last._replace(is_level=is_level, baseline=baseline)

    def _baseline(
        self, figure: Figure, place: _Place, earlier: Sequence[tuple[Figure, _Place, Reason | None]]
    ) -> Decimal | None:
        """Return the level that a figure starts from: the A of 由A增加到B, or of 现有A，增加到B."""
        facts = [judged for judged in earlier if judged[2] == "fact"]
        if not facts or facts[-1][0].unit not in ("", figure.unit):
            return None
        fact, told, _ = facts[-1]
        is_share = figure.unit in SHARES.split() or _MEAN.search(told.before)
        if not is_share and (is_flow(figure.unit) or _LAST_YEARS.search(told.before)):
            return None
        is_from = facts[-1] is earlier[-1] and self._is_origin(fact)
        stands = (
            bool(_STANDS.search(told.before)) and tells_level(place.lead_in, figure.unit) and is_bare(place.lead_in)
        )
        return fact.amount if is_from or stands else None

    def _shared_tail(self, figure: Figure, place: _Place) -> str:
        """Return what follows the figure, or of a list of bare figures what follows its last: 600户、2100人搬迁任务."""
        following = next((other for other in self._figures if other.start == figure.end + 1), None)
        if place.tail != "、" or following is None or not is_bare(place.lead_in):
            return place.tail
        return self._text[following.end : self._bounds(following.start, following.end, _BOUNDARY)[1]]

    def _goes_on(self, last: Figure, reason: Reason | None, figure: Figure, place: _Place) -> bool:
        """Whether a figure without words of its own goes on with a list of specs: 奖金1000元、500元."""
        bare = place.continues_list and place.lead_in in ("", "占")
        ends_alike = figure.unit == "%" and place.lead_in.endswith("占")
        return reason == "spec" and last.unit == figure.unit and (bare or ends_alike)

    def _before_bracket(self, figure: Figure, place: _Place) -> str:
        """Return the words that a bracket with nothing but a figure belongs to: 开展宣讲（60场）."""
        bracket = self._bracket(figure.start) if is_bare(place.lead_in) else None
        words = _LAST_WORDS.search(self._text, 0, bracket[0]) if bracket else None
        return words[0] if words and not self._text[words.start() - 1 : words.start()].isdigit() else ""

    def _thing(self, figure: Figure, named: Noun, earlier: str) -> str:
        """Return what later figures may leave out: of places that are to have something, that."""
        if named.thing not in PLACES:
            return named.thing or earlier
        had = _TO_HAVE.match(self._text, figure.end)
        reaching = _REACHES.search(self._text, 0, figure.start)
        return had[1] if had else reaching[1] if reaching else earlier

    def _places(self) -> Iterator[tuple[Figure, _Place]]:
        for figure in self._figures:
            start, end = self._bounds(figure.start, figure.end, _BOUNDARY)
            part_start, part_end = self._bounds(figure.start, figure.end, _SEMICOLON)
            level = self._bracket(figure.start)
            alike = [other for other in self._figures if self._bracket(other.start) == level]
            place = alike.index(figure)
            previous = alike[place - 1].end if place else 0
            following = alike[place + 1].start if place + 1 < len(alike) else len(self._text)
            gap = self._text[previous : figure.start] if place and previous > start else None
            lead_start = start
            if gap is not None:
                separator = _SEPARATOR.search(gap) or _OWNED.match(gap)
                lead_start = previous + (separator.end() if separator else 0)
            yield figure, _Place(
                self._clause(figure.start, figure.end), self._text[start : figure.start], self._text[lead_start : figure.start],
                self._text[figure.end : min(end, following)], gap, self._text[part_start:part_end],
                self._clause_before(start, part_start) if gap is None else "", self._dealt(figure, alike, start, end),
                any(part_start <= other.start < figure.start for other in alike),
            )  # fmt: skip

    def _dealt(self, figure: Figure, alike: Sequence[Figure], start: int, end: int) -> str | None:
        clause = [other for other in alike if start <= other.start < end]
        return dealt(self._text[start : clause[0].start], clause.index(figure), len(clause))

    def _clause_before(self, start: int, part_start: int) -> str:
        if start - 1 <= part_start or self._text[start - 1] not in "，：":
            return ""
        begin = max(self._text.rfind(mark, part_start, start - 1) + 1 for mark in "，：") or part_start
        holds_figure = any(
            begin <= figure.start < start and figure.unit not in AGES.split() for figure in self._figures
        )
        return "" if holds_figure else self._text[begin : start - 1]

    def _bounds(self, start: int, end: int, boundary: re.Pattern[str]) -> tuple[int, int]:
        """Return the stretch between boundaries; what is in brackets is a stretch of its own, and hides its boundaries."""
        bracket = self._bracket(start)
        low, high = (bracket[0] + 1, bracket[1] - 1) if bracket else (0, len(self._text))
        cuts = [match for match in boundary.finditer(self._text, low, high) if self._bracket(match.start()) == bracket]
        return (
            max((cut.end() for cut in cuts if cut.end() <= start), default=low),
            min((cut.start() for cut in cuts if cut.start() >= end), default=high),
        )

    def _bracket(self, place: int) -> Span | None:
        return next((span for span in self._brackets if span[0] < place < span[1]), None)

    def _clause(self, start: int, end: int) -> str:
        left, right = self._bounds(start, end, _CLAUSE_END)
        return self._text[left:right].strip()

    def _reason(self, figure: Figure, place: _Place, before: Reason | None) -> Reason | None:
        """Return why the figure is no target; None where it is one. `before` is that of the figure before it."""
        if self._is_origin(figure):
            return "fact"
        if _sums_up(figure, place):
            return "slogan"
        behind = self._text[figure.end : figure.end + _A_LOOK_AHEAD]
        is_of_column = self._is_bare and figure.unit in LASTING.split()
        if not is_of_column and is_spec(figure, place.before, behind, place.part, _near(place)):
            return "spec"
        if not figure.unit and not self._is_bare and not _counts_without_unit(figure, place):
            return "docno"
        per = rhythm(place.lead_in, figure.per)
        if figure.digits == "一":
            is_each = per != Rhythm() or bool(place.scope_before)
            is_bounded = self._is_bare or is_each or self._comparator(figure, place) is not None
            if not is_single_target(figure, place.lead_in, place.tail, is_bounded=is_bounded, is_listed=self._has_ones):
                return "slogan"
        start = figure.start
        if self._tense.is_fact(start, start - len(place.before), start - len(place.lead_in), figure.end):
            return "fact"
        is_part = place.before.startswith("其中") or (place.continues_list and not place.lead_in)
        return "fact" if before == "fact" and is_part else None

    def _is_origin(self, figure: Figure) -> bool:
        """The A of 由A提升到B is what was."""
        before = self._text[max(0, figure.start - _A_LOOK_AHEAD) : figure.start]
        return bool(_FROM.search(before) and _TO.match(self._text, figure.end))

    def _comparator(self, figure: Figure, place: _Place) -> Comparator | None:
        said = comparator(place.dealt or place.lead_in, place.tail, is_range=figure.is_range, is_about=figure.is_about)
        is_upgrade = said == "delta" and place.lead_in.endswith("提升") and figure.unit not in SHARES.split()
        return None if is_upgrade else said

    def _found(self, figure: Figure, place: _Place, named: Noun, listed: Found | None, limit: Deadline | None) -> Found:
        how = self._comparator(figure, place) or (
            listed.comparator if listed and listed.comparator in ("ge", "le") else "="
        )
        per = rhythm(place.lead_in, figure.per)
        if per == Rhythm() and place.scope_before:
            per = (listed and listed.rhythm) or rhythm(place.scope_before)
        flags = damage.flags(figure, place.lead_in, how, self._frame.title_year)
        asks = (
            *questions(figure, how, per, place.gap, place.tail, place.lead_in + named.text),
            *deadline_questions(limit, self._frame.year),
        )
        return Found(
            figure.amount, figure.unit, named.text, how, place.clause, limit.due if limit else None, per, flags, asks, named.action, figure.start
        )  # fmt: skip


_SHARED_HEAD = re.compile(r"(?:以上)?、[^，。；：、]{0,14}?\d[^，。；：、\d]{0,5}的([\u4e00-\u9fff]{2,12})")
"""The noun behind a list of its measures: 不少于2处、总长度不低于10米的宣传栏."""
_REACHES = re.compile(r"([\u4e00-\u9fff“”]{3,14}?)(?:覆盖|惠及|走进|走遍)[\u4e00-\u9fff]{0,4}$")
_LAST_WORDS = re.compile(r"[^，。；：、\d]*$")
_TO_HAVE = re.compile(
    r"[^，。；：]*?(?:有|设|建|配备|装|挂|开展|举办|组织|安排)(?:[^，。；：]*的)?([\u4e00-\u9fff]{2,10})(?=[，。；：]|$)"
)
_IS_A_FLOOR = re.compile("以[上下]的?(?:项目|企业)?\\d")
"""其中10亿元以上5个: how large each of them is."""
_FOR_EACH = re.compile("[^，。；：\\d]{0,6}每(?:一)?(?:名|位)[^，。；：\\d]{2,}")
_ONLY_A_VERB = re.compile("(?:再|并|要|须|应)?(?:至少)?[讲提带办交写读帮结联送走学做上认种]")
_OPENS_WITH_PER = re.compile("(?:要|应|全年|原则上|坚持|确保|做到|各[村校地])?(?:每|各|人均|户均)")
_CLAUSE_END = re.compile(r"[，。；：！？]")
_A_LOOK_AHEAD = 24
_FROM = re.compile(r"(?:由|从|自)(?:[^，。；]*?的)?[^，。；、至到]{0,10}$")
_TO = re.compile(
    r"(?:左右|以上)?，?[\u4e00-\u9fff]{0,4}?(?:提高|提升|增加|增长|上升|扩大|发展|下降|降低|降|减少|压减|压缩|缩短|扩|增|升|减|拓展)?(?:到|至|为)"
    r"(?:[\u4e00-\u9fff]{0,4})(?=[\d一二两三四五六七八九十百xX])"
)
_REACHED = re.compile(
    r"(?:[率面]$|为(?=$)|不少于|不低于|率(?:低于|不高于|不超过|控制在|降至|降到)|达到|达|破|突破|超过|至少|增至|增加到|提升到|提高到|培养|培训|发展|发放|服务|受益)[^，。；]{0,6}$"
)


def _is_routine(place: _Place) -> bool:
    """每天巡河2次: what goes on all the time has no last day."""
    return bool(_EVERY_DAY.search(place.lead_in))


_STANDS = re.compile("现有|现已|目前|已有|原有")
_MEAN = re.compile("[人户村亩校]均|亩产|单产")
_LAST_YEARS = re.compile("(?:去年|上年|上一年|\\d{4}年)度?的?$")
"""由去年的4个增加到9个 may compare what two years bring; by its end is not in it: 由去年底的4个."""
_EVERY_DAY = re.compile("每[天日晚周]")


def _sums_up(figure: Figure, place: _Place) -> bool:
    """编程、航模、机器人三门主干课: whether it only counts the things listed before it."""
    listed = _LISTED.search(place.lead_in) if figure.is_hanzi and place.tail[:1] >= "一" else None
    return listed is not None and figure.amount == listed[0].count("、") + 1


_LISTED = re.compile("(?:[\u4e00-\u9fffA-Za-z“”]{2,10}、)+[\u4e00-\u9fffA-Za-z“”]{2,10}$")


def _near(place: _Place) -> str:
    """Return the clause of a figure with the one behind it in the same part."""
    start = max(place.part.find(place.clause), 0)
    end = place.part.find("，", start + len(place.clause) + 1)
    return place.part[start : end if end >= 0 else len(place.part)]


def _counts_without_unit(figure: Figure, place: _Place) -> bool:
    """A bare number counts where it has a magnitude, or a verb of reaching before and nothing behind it."""
    if figure.amount is None:
        return False
    if figure.amount >= _MYRIAD and not figure.digits.replace(",", "").replace(" ", "").endswith(
        str(int(figure.amount))
    ):
        return True
    if place.tail.startswith(("以上", "以内")) and len(place.lead_in) > 1:
        return True
    ends = not place.tail or place.tail.startswith(("以上", "左右", "以内"))
    return (
        bool(_REACHED.search(place.lead_in))
        and (ends or place.tail[0] >= "\u4e00")
        and len(figure.digits) < _LONG_DIGITS
    )


_MYRIAD = Decimal(10_000)
_LONG_DIGITS = 6
