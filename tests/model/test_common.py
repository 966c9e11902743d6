import pytest

from planengine.model.common import ExecutorModel, ReportModel, kebab
from planengine.model.levels import ChangeModel
from planengine.model.plan import PlanModel
from planengine.reading.validate import build
from planengine.reading.yaml import read_document


def made(model, text):
    findings = []
    node = read_document(text, "test.yaml", findings)
    result = build(node, model, findings)
    return result, [(d.code, d.span.line, d.span.column) for d in findings]


@pytest.mark.parametrize(
    ("field", "key"), [("in_force", "in-force"), ("from_", "from"), ("raise_by", "raise-by")]
)
def test_kebab(field, key):
    assert kebab(field) == key


def test_a_text_is_an_agency():
    report, findings = made(ReportModel, "to: government\nby: {post: mayor, or: hospital}\n")
    assert findings == []
    assert (report.to[0].agency, report.to[0].agency.span.column) == ("government", 5)
    assert report.by[0].or_[0].agency == "hospital"


def test_one_may_stand_for_a_list():
    report, findings = made(
        ReportModel, "to: a\nbasis: {source: decree, own-choice: true}\ncontent: 时间\n"
    )
    assert findings == []
    assert report.basis[0].own_choice
    assert report.content == ["时间"]


def test_same_approver_is_left_out():
    change, findings = made(ChangeModel, "all: [{deaths: 0}]\napprove: same\n")
    assert findings == []
    assert change.approve is None


def test_numbers_are_read_as_written():
    plan, findings = made(
        PlanModel,
        "plan: flood\nkind: special\njurisdiction: x\nedition: {number: 2026}\n"
        "applies: {hazards: [flood]}\nlabel: 防汛预案\n",
    )
    assert findings == []
    assert plan.edition.number == "2026"
    assert plan.label == {"zh": "防汛预案"}


def test_every_wrong_key_is_found():
    _, findings = made(ExecutorModel, "pots: mayor\ngroop: rescue\n")
    assert findings == [("unknown-key", 1, 1), ("unknown-key", 2, 1)]
