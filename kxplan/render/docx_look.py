"""The looks of a document: an official Chinese page as GB/T 9704 has it, and an English one of the same build."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kxplan.locale import Language


class Face(NamedTuple):
    """A typeface for Chinese, one for Western letters and figures, and their size."""

    eastern: str
    western: str
    half_points: int
    is_bold: bool = False
    colour: str = ""


class Look(NamedTuple):
    """How the styles of a document are filled; lengths in twentieths of a point."""

    language: str
    title: Face
    headings: tuple[Face, Face, Face]
    body: Face
    quiet: Face
    footer: Face
    cells: tuple[tuple[str, Face, Face, Face], ...]
    """Suffix of the styles' ids, and the faces of cells, of heads, and of remarks; the larger first."""
    line: int
    line_rule: str
    """`exact`, or `auto` where a line of 240 is a single one."""
    title_line: int
    quiet_line: int
    after_title: int
    before_heading: int
    after_heading: int
    after_body: int
    title_break: str
    """What stands between a plan's title and what is said of it: behind it the title goes on in a new line."""
    is_indented: bool
    """Whether a paragraph begins two characters to the right."""


TYPEFACES: tuple[tuple[str, str], ...] = (
    ("方正小标宋简体", "方正小标宋_GBK,宋体,SimSun"),
    ("仿宋", "仿宋_GB2312,FangSong"),
    ("楷体", "楷体_GB2312,KaiTi"),
    ("黑体", "SimHei"),
    ("宋体", "SimSun"),
)
"""Names of Chinese typefaces, each with what takes its place where it is missing."""

_FIGURES = "Times New Roman"
_SANS = "Calibri"

LOOKS: Mapping[Language, Look] = {
    # Source: GB/T 9704-2012, 5.2.2 to 5.2.4 (三号仿宋, 22 lines of 28 characters on 156 by 225 mm), 7.3.1 (title
    # of 二号小标宋), 7.3.3 (numbers of headings with 黑体, 楷体, 仿宋), 7.5 (page numbers of 四号宋体).
    "zh": Look(
        language="zh-CN",
        title=Face("方正小标宋简体", _FIGURES, 44),
        headings=(Face("黑体", _FIGURES, 32), Face("楷体", _FIGURES, 32), Face("仿宋", _FIGURES, 32, is_bold=True)),
        body=Face("仿宋", _FIGURES, 32),
        quiet=Face("楷体", _FIGURES, 24),
        footer=Face("宋体", "宋体", 28),
        cells=(
            ("", Face("仿宋", _FIGURES, 21), Face("黑体", _FIGURES, 21), Face("楷体", _FIGURES, 20)),
            ("Small", Face("仿宋", _FIGURES, 18), Face("黑体", _FIGURES, 18), Face("楷体", _FIGURES, 17)),
        ),
        line=579, line_rule="exact", title_line=700, quiet_line=400, after_title=400, before_heading=0,
        after_heading=0, after_body=0, title_break="\u3000", is_indented=True,
    ),
    "en": Look(
        language="en-US",
        title=Face("黑体", _SANS, 40, is_bold=True),
        headings=(
            Face("黑体", _SANS, 28, is_bold=True), Face("黑体", _SANS, 24, is_bold=True),
            Face("黑体", _SANS, 22, is_bold=True),
        ),
        body=Face("宋体", _SANS, 23),
        quiet=Face("宋体", _SANS, 20, colour="595959"),
        footer=Face("宋体", _SANS, 22),
        cells=(
            ("", Face("宋体", _SANS, 20), Face("黑体", _SANS, 20, is_bold=True), Face("宋体", _SANS, 18)),
            ("Small", Face("宋体", _SANS, 18), Face("黑体", _SANS, 18, is_bold=True), Face("宋体", _SANS, 16)),
        ),
        line=288, line_rule="auto", title_line=520, quiet_line=264, after_title=240, before_heading=280,
        after_heading=100, after_body=100, title_break=": ", is_indented=False,
    ),
}  # fmt: skip
