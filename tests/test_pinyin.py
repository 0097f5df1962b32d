"""Pinyin: titles as they are typed, with the right reading of each word."""

import pytest

from kxplan.pinyin import full_pinyin, initials


@pytest.mark.parametrize(
    ("title", "full", "short"),
    [
        ("科普影片", "kepuyingpian", "kpyp"),
        ("重庆", "chongqing", "cq"),
        ("银行", "yinhang", "yh"),
        ("重点人群", "zhongdianrenqun", "zdrq"),
        ("绿色", "lvse", "ls"),
        ("科普三走进", "kepusanzoujin", "kpszj"),
        ("“讲理想、比贡献”活动", "jianglixiangbigongxianhuodong", "jlxbgxhd"),
        ("APP下载 2.0", "appxiazai20", "appxz20"),
        ("ＡＢ１", "ab1", "ab1"),
        ("…", "", ""),
    ],
)
def test_a_title_is_typed_as_it_is_read(title, full, short):
    assert full_pinyin(title) == full
    assert initials(title) == short
