"""A log-log chart as SVG: one line per tool, entries to the right, milliseconds upward."""

from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 720, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 80, 120, 20, 50
_COLOURS = ("#c0392b", "#2471a3", "#1e8449", "#8e44ad", "#b9770e")


def drawn(lines):
    """Return the SVG of `lines`: names, each with its seconds by number of entries."""
    sizes = sorted({size for points in lines.values() for size in points})
    times = [seconds * 1000 for points in lines.values() for seconds in points.values()]
    low, high = floor(log10(min(times))), ceil(log10(max(times)))
    first, last = log10(sizes[0]), log10(sizes[-1])

    def x(size):
        return _LEFT + (log10(size) - first) / ((last - first) or 1) * (_WIDTH - _LEFT - _RIGHT)

    def y(milliseconds):
        return _HEIGHT - _BOTTOM - (log10(milliseconds) - low) / ((high - low) or 1) * (_HEIGHT - _TOP - _BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-size="13">',
        "<style>text { font-family: sans-serif }</style>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<line x1="{_LEFT}" y1="{at:.1f}" x2="{_WIDTH - _RIGHT}" y2="{at:.1f}" stroke="#dddddd"/>')
        parts.append(_text(_LEFT - 8, at + 4, f"{10**power:,} ms", "end"))
    for size in sizes:
        at = x(size)
        parts.append(f'<line x1="{at:.1f}" y1="{_TOP}" x2="{at:.1f}" y2="{_HEIGHT - _BOTTOM}" stroke="#dddddd"/>')
        parts.append(_text(at, _HEIGHT - _BOTTOM + 20, f"{size:,}", "middle"))
    parts.append(_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 10, "记录条数 · entries", "middle"))
    for (name, points), colour in zip(lines.items(), _COLOURS, strict=False):
        at = [(x(size), y(seconds * 1000)) for size, seconds in sorted(points.items())]
        path = " ".join(f"{across:.1f},{up:.1f}" for across, up in at)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{across:.1f}" cy="{up:.1f}" r="3.5" fill="{colour}"/>' for across, up in at]
        parts.append(_text(at[-1][0] + 8, at[-1][1] + 4, name, "start", colour))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _text(across, down, text, anchor, colour="#333333"):
    return f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
