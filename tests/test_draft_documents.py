"""Whole documents, labelled by hand: what is found, what is passed over, what is flagged."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from draft_score import Score, labels, score

from kxplan.intake.draft.answer import answer
from kxplan.intake.draft.draft import draft_document
from kxplan.intake.draft.plan_text import plan_text
from kxplan.locale import translator
from kxplan.plans.reader import read_plan

DATA = Path(__file__).parent / "data" / "draft"
DOCUMENTS = sorted(path for path in DATA.iterdir() if path.suffix in (".txt", ".md", ".docx"))
LABELLED = [path for path in DOCUMENTS if path.name != "seed.txt"]
NAMED = {"ids": lambda path: path.stem}


@cache
def drafted(path):
    return draft_document(path)


def read(path):
    return answer(drafted(path), translator("zh"))


@pytest.mark.parametrize("path", LABELLED, **NAMED)
def test_a_labelled_document_is_read_well(path):
    got = score(labels(DATA / f"{path.stem}.labels.tsv"), read(path)["targets"])
    assert got.f1 >= 0.97
    assert got.flagged == got.suspicious


def test_all_documents_together_keep_their_nouns_and_few_false_alarms():
    total = Score()
    for path in LABELLED:
        total += score(labels(DATA / f"{path.stem}.labels.tsv"), read(path)["targets"])
    assert total.nouns >= 0.97 * total.matched
    assert total.clean_flagged < 0.05 * total.clean


@pytest.mark.parametrize("path", LABELLED, **NAMED)
def test_leads_and_due_days_are_those_of_the_labels(path):
    wanted = defaultdict(set)
    for row in labels(DATA / f"{path.stem}.labels.tsv"):
        wanted[row["noun"], row["amount"]].add((row["lead"], row["due"]))
    for target in read(path)["targets"]:
        said = wanted.get((target["noun"], target["amount"] or ""))
        assert said is None or (target["lead"] or "", target["due"] or "") in said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", DOCUMENTS, **NAMED)
def test_the_plan_of_every_document_passes_check(path, language):
    draft = drafted(path)
    text = plan_text(draft, plan_id="drafted", year=draft.year or 2024, tr=translator(language))
    assert len(read_plan(text.encode(), "drafted.yaml").goals) == len(draft.tasks)


@pytest.mark.parametrize("path", DOCUMENTS, **NAMED)
def test_every_clause_stands_as_a_comment(path):
    draft = drafted(path)
    text = plan_text(draft, plan_id="drafted", year=draft.year or 2024, tr=translator("zh"))
    assert text.count("# 原文：") >= len(draft.targets)


def test_the_seed_gives_its_seven_figures():
    found = [(one["amount"], one["unit"], one["noun"]) for one in read(DATA / "seed.txt")["targets"]]
    assert found == [
        ("2023", "%", "公民具备根本科学素质的比例"),
        ("30000", "册", "科普书籍"),
        ("4", "期", "科普画廊宣传资料"),
        ("2", "批", "科普展板"),
        ("200", "块", "科普展板"),
        ("20230", "场", "科普讲座"),
        ("200", "场", "科普影片"),
    ]


def test_the_seed_has_two_doubtful_figures():
    assert [one["amount"] for one in read(DATA / "seed.txt")["targets"] if one["flags"]] == ["2023", "20230"]


def test_the_seed_holds_two_milestones_and_work_without_a_number():
    tasks = drafted(DATA / "seed.txt").tasks
    assert [task.title for task in tasks if task.kind == "milestone"] == [
        "组织举办xx区第四届科技人才月活动",
        "筹备并召开xx区科协第八次代表大会",
    ]
    assert sum(task.kind == "ongoing" for task in tasks) == 8
