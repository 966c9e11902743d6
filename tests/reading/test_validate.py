from typing import Annotated, Literal

import pytest
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    field_validator,
)

from planengine.diagnostics import Span
from planengine.model.plan import PlanModel
from planengine.reading.nodes import MappingNode, ScalarNode
from planengine.reading.validate import Name, RawNode, build
from planengine.reading.yaml import read_document


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=lambda n: n.replace("_", "-"))


class Edition(Strict):
    number: Name
    in_force: Name | None = None


class Square(Strict):
    kind: Literal["square"]
    side: int


class Circle(Strict):
    kind: Literal["circle"]
    radius: int


class ByRole(Strict):
    role: Name


class ByPost(Strict):
    post: Name
    deputy: Name | None = None


def listed(value):
    return value if isinstance(value, list) else [value]


class Tags(RootModel[list[Name]]):
    pass


class Document(Strict):
    plan: Name
    label: dict[str, str] = {}
    edition: Edition | None = None
    level: str | None = None
    when: RawNode | None = None
    rows: list[RawNode] = []
    times: int | None = None
    share: Annotated[float, Field(ge=0, le=1)] | None = None
    obliges: bool = False
    kind: Literal["general", "special"] = "general"
    members: list[Edition] = Field(default=[], max_length=4)
    named: dict[Name, Edition] = {}
    executor: Name | ByRole | ByPost | None = None
    shape: Annotated[Square | Circle, Field(discriminator="kind")] | None = None
    aliases: Annotated[list[Name], BeforeValidator(listed)] = []
    tags: Tags | None = None
    pair: tuple[int, int] | None = None
    day: Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$")] | None = None
    checked: str | None = None
    needed: list[int] = Field(default=[1], min_length=1)

    @field_validator("checked")
    @classmethod
    def check(cls, value):
        if value == "odd":
            raise ValueError("it is odd")
        return value


def read(text, model=Document):
    findings = []
    node = read_document(text, "f", findings)
    assert not findings
    built = build(node, model, findings)
    assert (built is None) == bool(findings)
    return (
        built,
        [(d.code, d.span.line, d.span.column, d.message, d.hint) for d in findings],
        findings,
    )


def test_names_know_their_place_and_nodes_pass_through():
    built, _, _ = read(
        "plan: flood\nnamed: {甲: {number: 2026}}\nwhen: {any: [x, 3]}\nrows: [3, a]\n"
    )
    assert built.plan == "flood"
    assert built.plan.span == Span("f", 1, 7, 1, 12)
    ((name, edition),) = built.named.items()
    assert (name, name.span.column) == ("甲", 9)
    assert edition.number == "2026"
    assert edition.number.span.column == 21
    assert isinstance(built.when, MappingNode)
    assert [type(row) for row in built.rows] == [ScalarNode, ScalarNode]
    assert built.rows[0].value == 3


@pytest.mark.parametrize("text", ["2026", "true", "010", "1.50", "0x1F", "no", "14:00"])
def test_numbers_and_flags_are_text_where_text_is_wanted(text):
    built, _, _ = read(
        f"plan: {text}\nlevel: {text}\naliases: {text}\ntags: [{text}]\nlabel: {{zh: {text}}}\n"
    )
    assert built.plan == built.level == built.aliases[0] == built.tags.root[0] == text
    assert built.label == {"zh": text}
    assert built.aliases[0].span.line == 3


def test_numbers_and_flags_are_taken_at_the_first_reading(monkeypatch):
    """A second reading, with text put where text is wanted, costs as much as the first."""
    monkeypatch.setattr("planengine.reading.validate._take_as_text", None)

    class Stated(BaseModel):
        number: Name
        values: dict[Name, RawNode]
        share: float
        count: int
        sure: bool

    text = (
        "number: 2026\nvalues: {a: 3, b: 2.5, c: true, d: x}\nshare: 1.5\ncount: 2\nsure: false\n"
    )
    findings = []
    made = build(read_document(text, "f", findings), Stated, findings)
    assert findings == []
    assert (made.number, made.number.span) == ("2026", Span("f", 1, 9, 1, 13))
    assert [(node.value, node.text) for node in made.values.values()] == [
        (3, "3"),
        (2.5, "2.5"),
        (True, "true"),
        ("x", "x"),
    ]
    assert (made.share, made.count, made.sure) == (1.5, 2, False)


def test_everything_wrong_at_once_in_the_order_of_the_file():
    _, found, _ = read(
        "label: 3\n"
        "edition: {in-froce: 2026-01-01}\n"
        "times: two\n"
        "share: 1.5\n"
        "obliges: often\n"
        "kind: specal\n"
        "members:\n  - {number: 1}\n  - 乙：3\n  - {nummer: 3}\n  - {number: [1]}\n"
        "day: 5-1\n"
        "unheard: 1\n"
        "pair: [1, x]\n"
        "needed: []\n"
    )
    assert [f[:3] for f in found] == [
        ("missing-key", 1, 1),
        ("wrong-type", 1, 8),
        ("missing-key", 2, 11),
        ("unknown-key", 2, 11),
        ("wrong-type", 3, 8),
        ("out-of-range", 4, 8),
        ("wrong-type", 5, 10),
        ("not-a-choice", 6, 7),
        ("wrong-type", 9, 5),
        ("unknown-key", 10, 6),
        ("wrong-type", 11, 14),
        ("wrong-form", 12, 6),
        ("unknown-key", 13, 1),
        ("wrong-type", 14, 11),
        ("too-few", 15, 9),
    ]
    said = [f[3] for f in found]
    assert said[0] == "this document has no `plan`"
    assert said[1] == "expected a mapping (lines of `key: value`), found `3`"
    assert said[4] == "expected a whole number, found `two`"
    assert said[6] == "expected `true` or `false`, found `often`"
    assert said[7] == "`specal` is not allowed here: write one of `general`, `special`"
    hints = [f[4] for f in found]
    assert hints[3] == "did you mean `in-force`?"
    assert hints[7] == "did you mean `special`?"
    assert hints[8] == "a key ends with a plain colon: `乙: 3`"
    assert hints[9] == "did you mean `number`?"


def test_too_many():
    _, found, _ = read(
        "plan: x\nmembers: [{number: 1}, {number: 2}, {number: 3}, {number: 4}, {number: 5}]\n"
    )
    assert found == [("too-many", 2, 10, "expected at most 4 here", None)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{rol: x}", ("unknown-key", 12, "unknown key `rol`", "did you mean `role`?")),
        (
            "{post: x, deputi: y}",
            ("unknown-key", 21, "unknown key `deputi`", "did you mean `deputy`?"),
        ),
        (
            "[x]",
            (
                "wrong-type",
                11,
                "expected text or a mapping (lines of `key: value`), found a list",
                None,
            ),
        ),
        ("{role: [x]}", ("wrong-type", 18, "expected text, found a list", None)),
    ],
)
def test_one_finding_for_a_union(written, expected):
    _, found, _ = read(f"plan: x\nexecutor: {written}\n")
    assert [(code, column, said, hint) for code, _, column, said, hint in found] == [expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{kind: square, side: x}", ("wrong-type", 29)),
        ("{kind: square, sid: 3}", ("unknown-key", 23)),
        ("{kind: squar}", ("not-a-choice", 15)),
        ("{side: 3}", ("missing-key", 9)),
    ],
)
def test_tagged_unions(written, expected):
    _, found, _ = read(f"plan: x\nshape: {written}\n")
    assert [(f[0], f[2]) for f in found] == [expected]


def test_problems_of_validators():
    _, found, _ = read("plan: x\nchecked: odd\n")
    assert found == [("not-valid", 2, 10, "not valid here: it is odd", None)]


@pytest.mark.parametrize("text", ["3", "[]", "plan: {a: 1}\n", "{}"])
def test_wrong_roots(text):
    _, found, _ = read(text)
    assert len(found) == 1
    assert found[0][0] in {"wrong-type", "missing-key"}


def test_chinese():
    _, _, findings = read("plan: x\ntimes: two\n")
    assert findings[0].message_in("zh") == "此处应为整数，实为`two`"


def test_models_without_a_file():
    made = Document(plan="x", when=None)
    assert made.plan.span is None
    properties = Document.model_json_schema()["properties"]
    assert properties["plan"]["type"] == "string"
    assert properties["rows"]["items"] == {}


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("先期处置", "first-response"), ("oder", "order"), ("观测", None)],
)
def test_fixed_words_in_chinese_are_known_to_hints(text, suggestion):
    class Choice(BaseModel):
        mode: Literal["order", "request", "first-response"]

    findings = []
    build(read_document(f"mode: {text}\n", "f", findings), Choice, findings)
    wanted = f"did you mean `{suggestion}`?" if suggestion else None
    assert [(one.code, one.hint) for one in findings] == [("not-a-choice", wanted)]


def test_a_label_that_a_comma_cuts_off():
    text = "label: {zh: 医院学校, en: hospitals, schools and care homes, all}\nplan: p\n"
    findings = []
    build(read_document(text, "f", findings), PlanModel, findings)
    cut = [one for one in findings if one.code != "missing-key"]
    assert [(one.code, one.span.column, one.hint) for one in cut] == [
        (
            "comma-in-text",
            34,
            'quote the text: `"hospitals, schools and care homes, all"`, or write ，',
        )
    ]
