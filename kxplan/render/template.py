"""Templates: the files of `render/templates`, filled, with every text in them escaped."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def filled(name: str, **data: object) -> str:
    """Return the template `name` filled with `data`."""
    environment = Environment(
        loader=PackageLoader("kxplan.render"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template(name).render(data)
