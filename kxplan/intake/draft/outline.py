"""Outline: the headings of a work plan, found by their numbering, and the text under each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from kxplan.intake.draft.asides import YEAR, asides
from kxplan.intake.draft.figures import figures
from kxplan.intake.draft.owners import owners_of_all
from kxplan.intake.draft.source import Block, Table


class Item(NamedTuple):
    """A numbered point: its headings from the outermost in, and the sentences under the last."""

    path: tuple[str, ...]
    number: str
    """The numbers of the path as they stand: 二、(一)2."""
    contents: tuple[tuple[str, ...] | Table, ...]
    """Paragraphs as their sentences, and tables, in order."""


def items(blocks: Iterable[Block]) -> list[Item]:
    """Return the points of the levelled blocks in order.

    Headings glued to the sentence before them (…服务1.开展) are cut off, the first sentence of a
    numbered paragraph is its heading where it is short and promises no figure, and a paragraph
    without a number belongs to the heading before it.
    """
    walk = _Walk()
    for block in blocks:
        if isinstance(block, Table):
            walk.hold(block)
            continue
        if block.level or _is_heading(block.text):
            walk.open(block.level or _UNSTYLED, *_numbered(block.text), "")
            continue
        label = _LABEL.match(block.text)
        if label:
            walk.open(_UNSTYLED, "", label[1], "")
        for level, number, text in _points(block.text[label.end() :] if label else block.text, block.depth):
            if not level and _is_heading(text):
                walk.open(_UNSTYLED, "", text.rstrip("："), "")
            elif level:
                walk.open(_BELOW_STYLES + level, number, *_heading_and_rest(text))
            else:
                walk.add(text)
    return walk.closed()


_LABEL = re.compile(r"〔([\u4e00-\u9fff]{2,8})〕(?=.)")
"""【阵地】 before the points of a paragraph."""
_UNSTYLED = 9
_BELOW_STYLES = 10
"""Numbered points lie below the headings that a document marks by style."""


class _Walk:
    """The headings that are open while a document is read from top to bottom."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str, str]] = []
        self._contents: list[tuple[str, ...] | Table] = []
        self._items: list[Item] = []

    def open(self, level: int, number: str, heading: str, rest: str) -> None:
        self._close()
        while self._open and self._open[-1][0] >= level:
            self._open.pop()
        self._open.append((level, number, heading))
        self.add(rest)

    def add(self, text: str) -> None:
        sentences = tuple(_sentences(text))
        if sentences:
            self._contents.append(sentences)

    def hold(self, table: Table) -> None:
        self._contents.append(table)

    def closed(self) -> list[Item]:
        self._close()
        return self._items

    def _close(self) -> None:
        path = tuple(heading for _, _, heading in self._open if heading)
        if self._contents or path:
            self._items.append(Item(path, "".join(number for _, number, _ in self._open), tuple(self._contents)))
        self._contents = []


_CN = "[一二三四五六七八九十]{1,3}"
_LEVELS: tuple[tuple[int, str], ...] = (
    (1, rf"第{_CN}(?:部分|章|篇|编)[、：. ]?|{_CN}[、.．](?!\d(?!\d{{3}}年))"),
    (
        2,
        rf"（{_CN}）[、.]?|第{_CN}[节条](?=[、： ])|(?:实事|任务|工程|行动|项目|专项|措施|目标|抓手|举措|重点|板块|模块|专题){_CN}[：、]",
    ),
    (
        3,
        r"\d{1,2}[.．、](?!\.|\d(?!\d{3}年))|0\d(?=[\u4e00-\u9fff])|\d{1,2}(?=(?:：))|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?=[、. \u4e00-\u9fff](?!\d))(?![\u4e00-\u9fff]?(?:个|万|亿|元|倍|米))",
    ),
    (4, r"（\d{1,2}）[、.]?|[①-⑳]|〔\d{1,2}〕|\d{1,2}）"),
    (5, rf"{_CN}是(?:要)?|(?:第{_CN}|头一|其[一二三四五六])[件条项点步个]?(?:，|是|：)|[-*•·●■◆▪]\s?"),
)
_LEVEL = re.compile("|".join(f"(?P<l{level}>{pattern})" for level, pattern in _LEVELS))
_GLUED = re.compile(
    rf"(?<=[。；！？”〕）：\u4e00-\u9fff])(?:(?:（{_CN}）|(?<![\d\u4e00-\u9fff第]){_CN}、)(?=[\u4e00-\u9fff“])|"
    rf"(?<![第图表件版共于为达至到约第])\d{{1,2}}[.．](?=[\u4e00-\u9fff“])|(?<=[。；：])(?:\d{{1,2}}[、）]|（\d{{1,2}}）|[①-⑳])(?=[\u4e00-\u9fff“])|(?<=[。；：]){_CN}是(?!否))"
)


def _points(text: str, depth: int) -> Iterator[tuple[int, str, str]]:
    """Return level, number and text of each point of a paragraph; level 0 for what has no number."""
    cuts = [0, *(match.start() for match in _GLUED.finditer(text)), len(text)]
    given = owners_of_all(text)
    for start, end in pairwise(cuts):
        piece = text[start:end].strip()
        if not piece:
            continue
        if end < len(text):
            piece += given
        match = _LEVEL.match(piece)
        if match and match.lastgroup:
            yield int(match.lastgroup[1:]), match[0].strip(), piece[match.end() :].strip()
        else:
            yield (2 + depth if depth else 0), "", piece


_LONGEST_HEADING = 30
_FIRST_SENTENCE = re.compile(r"([^。；！？]*)[。！？]?")


def _is_heading(text: str) -> bool:
    """Whether a paragraph without style or number is a heading: short, unfinished, and named like one."""
    if _LEVEL.match(text):
        return False
    if len(text) <= _LONGEST_BARE_HEADING and _NAMED_AS_HEADING.fullmatch(text):
        return True
    return len(text) <= _LONGEST_OPENING and bool(_OPENS_A_LIST.fullmatch(text))


_LONGEST_BARE_HEADING = 24
_LONGEST_OPENING = 60
_OPENS_A_LIST = re.compile(
    rf"(?:{YEAR}年度?|下一?步|下一?阶段|下一?年度?|明年|来年|新的?一年|今后)[^。；]*(?:以下|如下|下列|下面|[几\d一二三四五六七八九十]+(?:个方面|方面|项|点)(?:重点|主要)?(?:工作|任务)?)[^。；]*[：:。]"
)
"""2024年，我们将重点抓好以下工作： opens a part of its own."""
_NAMED_AS_HEADING = re.compile(
    r"〔?[\u4e00-\u9fff\d“”、（）〇○]{0,20}(?:目标|任务|措施|安排|打算|计划|方案|思路|要求|保障|总结|情况|问题|成效|做法|建设|步骤|设想|指标|不足|"
    r"要点|重点|谋划|部署|展望|举措|方向|回顾|成绩|(?<=年)(?:度)?(?:重点|主要)?工作)(?:[和及][\u4e00-\u9fff]{2,8}|如下)?〕?[：:]?"
)


def is_numbered(text: str) -> bool:
    """Return whether a paragraph begins with the number of a point."""
    return _LEVEL.match(text) is not None


def _numbered(text: str) -> tuple[str, str]:
    """Cut a heading into its number and its words."""
    match = _LEVEL.match(text) or _BARE_NUMBER.match(text)
    return (match[0].strip(), text[match.end() :].strip()) if match else ("", text.rstrip("："))


_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[\u4e00-\u9fff])(?![年月日个大项条])")
"""## 3 经费"""


def _heading_and_rest(text: str) -> tuple[str, str]:
    """Cut a point into its heading and what stands under it."""
    first = _FIRST_SENTENCE.match(text)
    heading = first[1] if first else ""
    if len(heading) <= _LONGEST_HEADING and not _promises(heading):
        return heading.rstrip("：:"), text[first.end() :] if first else ""
    colon = text.find("：")
    if 0 < colon <= _LONGEST_HEADING and not _promises(text[:colon]):
        return text[:colon], text[colon + 1 :]
    clause = _FIRST_CLAUSE.match(text)
    if clause and not _promises(text):
        return clause[0], text
    return "", text


_FIRST_CLAUSE = re.compile(rf"[^，；：。！？]{{4,{_LONGEST_HEADING}}}(?=[，；：。！？])")
"""What stands for the heading of a point that has none and promises no figure."""


_HAS_FIGURE = re.compile(rf"(?<!\d)(?!{YEAR}年)\d|[xX×_]{{1,3}}[个名场次期]")


def _promises(text: str) -> bool:
    """Whether a text holds a figure, in digits or in Chinese numerals behind a noun or a verb of doing."""
    if _HAS_FIGURE.search(text):
        return True
    if not _IN_WORDS.search(text) and not _BLANK.search(text):
        return False
    taken = [(aside.start, aside.end) for aside in asides(text)]
    return any(
        figure.is_placeholder or (figure.unit and _IN_WORDS.search(text, max(figure.start - 4, 0), figure.end + 2))
        for figure in figures(text, taken)
    )


_BLANK = re.compile("[xX×*_○]{1,4}[\u4e00-\u9fff]")
_NUMERAL = "[两二三四五六七八九十百千万]{1,3}[余多来]?"
_IN_WORDS = re.compile(
    rf"[\u4e00-\u9fff]{{2}}{_NUMERAL}[\u4e00-\u9fff]{{1,2}}(?=[，。；、]|以上|$)|"
    rf"(?:举办|开展|组织|召开|新建|建成|培训|发放|印发|放映|制作|[开办建印送演])(?:好)?{_NUMERAL}[\u4e00-\u9fff]"
)


def _sentences(text: str) -> Iterator[str]:
    for sentence in re.split(r"(?<=[。！？])", text):
        for piece in _shortened(sentence.strip()):
            if piece:
                yield piece


_LONGEST_SENTENCE = 1200


def _shortened(sentence: str) -> Iterator[str]:
    """Cut a sentence that never ends, so that no reading takes long."""
    while len(sentence) > _LONGEST_SENTENCE:
        cut = max(sentence.rfind(mark, 0, _LONGEST_SENTENCE) for mark in "；，、") + 1 or _LONGEST_SENTENCE
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence
