"""Characters: one spelling for the widths, quotes, brackets and blanks of office documents."""

from __future__ import annotations

import re

from kxplan.text import cleaned


def levelled(text: str) -> str:
    """Return `text` with narrow digits and letters, Chinese punctuation, and no blank beside a Chinese character.

    A blank between two digits stays (9 9个 is damage to be seen), commas inside a number stay, a
    colon between digits stays narrow.
    """
    text = cleaned(text).translate(_SAME)
    text = _PICTURE.sub("", _MATHEMATICAL.sub("×", text))
    text = _BLANK_BESIDE_HANZI.sub("", text)
    text = _COMMA.sub("，", text)
    text = _FORMAL.sub(lambda match: match[0].translate(_FORMAL_DIGITS), text)
    return _COLON.sub("：", text)


_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_SAME: dict[int, int | str] = {
    **_WIDE,
    **{ord(a): b for a, b in zip("％．／＋－＝＜＞＊＿｜～＠＃", "%./+-=<>*_|~@#", strict=True)},
    **{ord(a): b for a, b in zip('()[];!?"〝〞＂｢｣', "（）〔〕；！？““”“「」", strict=True)},
    **{ord(a): b for a, b in zip("【】［］﹝﹞", "〔〕〔〕〔〕", strict=True)},
    **dict.fromkeys(map(ord, "\u3000\xa0\u2002\u2003\u2009\t"), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\ufeff"), ""),
    ord("㎡"): "平方米", ord("㎥"): "立方米", ord("㎞"): "公里", ord("㎏"): "公斤", ord("℃"): "度",
    ord("≧"): "≥", ord("⩾"): "≥", ord("≦"): "≤", ord("⩽"): "≤", ord("﹪"): "%", ord("─"): "—", ord("−"): "-", ord("‐"): "-",
}  # fmt: skip
_MATHEMATICAL = re.compile(r"[✕✖╳]")
_PICTURE = re.compile("[\U0001f000-\U0001faff\u2600-\u2712\u2717-\u27bf\u20e3\ufe0f]")
_HANZI_SIDE = r"[\u3001-\u303f\u3400-\u9fff\uff00-\uffef“”‘’]"
_BLANK_BESIDE_HANZI = re.compile(rf"(?<={_HANZI_SIDE}) +| +(?={_HANZI_SIDE})")
_COMMA = re.compile(r",(?!\d{3}(?!\d))|(?<!\d),")
_FORMAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟零]+(?=[万亿]?[元圆])")
_FORMAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_COLON = re.compile(r":(?!\d)|(?<!\d):")
