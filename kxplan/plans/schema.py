"""Schema: the JSON Schema of a plan file, with which editors complete and check it while it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kxplan.plans.shape import PlanShape

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(tr: Callable[[str], str]) -> dict[str, Any]:
    """Return the JSON Schema of a plan file; `tr` gives the description of each key by its message id."""
    schema = _without_null(PlanShape.model_json_schema(by_alias=True))
    for shape in [schema, *schema["$defs"].values()]:
        _describe(shape, tr)
    return {"$schema": DIALECT, **schema, "title": tr("plans.schema-title")}


def _describe(shape: dict[str, Any], tr: Callable[[str], str]) -> None:
    """Put our words for each key in the place of the names of our classes."""
    shape.pop("title", None)
    shape.pop("description", None)
    for key, value in shape.get("properties", {}).items():
        value.pop("title", None)
        value["description"] = tr(f"plans.about-{key}")


def _without_null(schema: Any) -> Any:
    """Return the schema without the None that stands for a value that was refused."""
    if isinstance(schema, list):
        return [_without_null(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    clean = {key: _without_null(value) for key, value in schema.items() if not (key == "default" and value is None)}
    choices = [choice for choice in clean.get("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        del clean["anyOf"]
        return {**choices[0], **clean}
    return {**clean, "anyOf": choices} if choices else clean
