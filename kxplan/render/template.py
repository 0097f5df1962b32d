"""Templates: the files of `render/templates`, filled, with every text in them escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


def filled(name: str, **data: object) -> str:
    """Return the template `name` filled with `data`."""
    return _environment().get_template(name).render(data)


@cache
def _environment() -> Environment:
    """Return the one environment of the run: a template is compiled once, however many mails it makes."""
    return Environment(
        loader=PackageLoader("kxplan.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
