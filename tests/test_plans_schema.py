"""The JSON Schema: every key of a plan file, described in both languages."""

import json

import pytest

from kxplan.locale import translator
from kxplan.plans.schema import json_schema


def shapes(schema):
    return [schema, *schema["$defs"].values()]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_is_described(language):
    for shape in shapes(json_schema(translator(language))):
        for key, value in shape.get("properties", {}).items():
            assert value["description"], key


def test_no_mapping_takes_other_keys():
    assert all(shape["additionalProperties"] is False for shape in shapes(json_schema(translator("zh"))))


def test_nothing_is_null():
    assert "null" not in json.dumps(json_schema(translator("zh")))


def test_the_required_keys_are_those_of_the_contract():
    schema = json_schema(translator("zh"))
    assert schema["required"] == ["plan", "title", "period", "sections"]
    required = {name: shape.get("required", []) for name, shape in schema["$defs"].items()}
    assert required == {
        "CalendarShape": [],
        "CancellationShape": ["from", "reason"],
        "CheckpointShape": ["by", "reach"],
        "DeclarationShape": ["reason"],
        "DefaultsShape": [],
        "GoalShape": ["id", "title"],
        "LightsShape": [],
        "PeriodShape": ["start", "end"],
        "RevisionShape": ["from", "reason"],
        "SectionShape": ["id", "title"],
        "StepChangeShape": ["due"],
        "StepShape": ["id", "title"],
        "TargetShape": ["amount"],
    }


def test_a_target_may_be_a_text():
    target = json_schema(translator("zh"))["$defs"]["GoalShape"]["properties"]["target"]
    assert {"type": "string"} in target["anyOf"]


def test_the_words_are_in_the_language_asked_for():
    assert json_schema(translator("zh"))["title"] == "kxplan 计划文件"
    assert json_schema(translator("en"))["title"] == "kxplan plan file"
