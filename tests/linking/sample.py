"""A small library's names, to read conditions against."""

from dataclasses import dataclass, field

from planengine.diagnostics import Diagnostic
from planengine.domain.names import Document, Names, Spellings
from planengine.domain.parts import Label
from planengine.domain.terms import ALWAYS_TERM, Term
from planengine.domain.vocabulary import Attribute, Fact, Level, ObjectKind, Scale
from planengine.linking.conditions.conditions import parse_condition
from planengine.linking.conditions.scope import ConditionScope
from planengine.linking.conditions.tables import TableRule, parse_table
from planengine.reading.nodes import MappingNode, Node
from planengine.reading.yaml import read_document
from planengine.values.sets import COUNT, FLAG, ChoiceDomain, NumberDomain, at_least

POSITIVE = NumberDomain(at_least(0))
DENSITY = ChoiceDomain(("sparse", "fairly-dense", "dense"), ordered=True)
SIZE = ChoiceDomain(("small", "medium", "large"), ordered=True)
CLASS = ChoiceDomain(("municipality", "capital", "other"))

# id, Chinese label, type, domain, unit, subject
_FACTS = (
    ("deaths", "死亡", "count", COUNT, "人", "area"),
    ("missing", "失踪", "count", COUNT, "人", "area"),
    ("cases", "病例", "count", COUNT, "例", "area"),
    ("direct-loss", "直接经济损失", "quantity", POSITIVE, "元", "area"),
    ("rainfall-24h", "24小时雨量", "quantity", POSITIVE, "mm", "area"),
    ("load-shed", "减供负荷", "quantity", POSITIVE, "%", "area"),
    ("uncontrolled", "未控制时间", "quantity", POSITIVE, "h", "area"),
    ("population-density", "人口密度", "category", DENSITY, None, "area"),
    ("fire-controlled", "火势受控", "flag", FLAG, None, "area"),
    ("occurred", "已发生", "flag", FLAG, None, "area"),
    ("magnitude", "震级", "quantity", NumberDomain(), "级", "incident"),
    ("water-level", "水位", "quantity", NumberDomain(), "m", "station"),
    ("dam-breach", "溃坝", "flag", FLAG, None, "reservoir"),
)
_SCALES = {
    "grade": (
        "事件分级",
        ["especially-serious 特别重大", "serious 重大", "large 较大", "ordinary 一般"],
    ),
    "warning": ("预警", ["red 红色", "orange 橙色", "yellow 黄色", "blue 蓝色"]),
    "response": ("响应级别", ["I 一级 Ⅰ", "II 二级 Ⅱ", "III 三级 Ⅲ", "IV 四级 Ⅳ"]),
    "nuclear": ("核应急状态", ["off-site 场外应急", "on-site 场区应急"]),
}


def _label(text: str) -> Label:
    return Label((("zh", text),))


def sample_names() -> Names:
    """Facts, scales, places, documents and bodies enough for every kind of condition."""
    made = Spellings()
    facts = {}
    for id_, label, type_, domain, unit, subject in _FACTS:
        facts[id_] = Fact(
            id=id_, label=_label(label), type=type_, domain=domain, unit=unit, subject=subject,
            direction="up", roll_up="sum", cumulative=False, by_exception=False, provider=None,
            holds=None, derived=None,
        )  # fmt: skip
        made.add("fact", id_, _label(label))
    for value, label in (("sparse", "稀疏"), ("fairly-dense", "较密集"), ("dense", "密集")):
        made.add("value:population-density", value, _label(label))
    scales = {}
    for id_, (label, levels) in _SCALES.items():
        made.add("scale", id_, _label(label))
        listed = []
        for place, words in enumerate(levels):
            level, name, *aliases = words.split()
            made.add(f"level:{id_}", level, _label(name), aliases)
            listed.append(Level(level, len(levels) - place, _label(name)))
        meaning = id_ if id_ in ("response", "warning") else None
        scales[id_] = Scale(id_, _label(label), tuple(listed), meaning)
    stage = Attribute("warning-stage", _label("警戒水位"), POSITIVE, "m")
    feet = Attribute("crest", _label("坝顶"), POSITIVE, "cm")
    size = Attribute("size", _label("规模"), SIZE, None)
    load = Attribute("grid-load", _label("电网负荷"), POSITIVE, "MW")
    city = Attribute("city-class", _label("城市类别"), CLASS, None)
    kinds = {
        "station": ObjectKind("station", _label("水文站"), {"warning-stage": stage, "crest": feet}),
        "reservoir": ObjectKind("reservoir", _label("水库"), {"size": size}),
        "grid": ObjectKind("grid", _label("电网"), {"grid-load": load}),
    }
    for id_, kind in kinds.items():
        made.add("object-kind", id_, kind.label)
        for attribute in kind.attributes.values():
            made.add(f"attribute:{id_}", attribute.id, attribute.label)
    for value, label in (("small", "小型"), ("medium", "中型"), ("large", "大型")):
        made.add("value:@reservoir/size", value, _label(label))
    for attribute in (load, city):
        made.add("attribute:area", attribute.id, attribute.label)
    for value in CLASS.values:
        made.add("value:@area/city-class", str(value), Label())
    for kind, entries in {
        "tier": "province 省|county 县",
        "place": "linjiang 临江市|hankou 汉口站|three-gorges 三峡|city-grid 城市电网",
        "standard": "production-accident 生产安全事故|rainstorm 暴雨",
        "plan": "flood 防汛预案|medical 医疗|cold 寒潮|outside 外部预案",
        "moment": "occurrence 发生|receipt 接报",
        "calendar": "flood-season 汛期",
        "agency": "flood-office 防办",
        "post": "commander 指挥长",
        "role": "county-hq 县指挥部",
        "track:plan/cold": "wind 大风|frost 低温",
        "track:plan/flood": "flood 洪水",
    }.items():
        for entry in entries.split("|"):
            id_, label = entry.split()
            made.add(kind, id_, _label(label))
    documents = [
        Document("production-accident", "standard", {None: "grade"}),
        Document("rainstorm", "standard", {None: "warning"}),
        Document("flood", "plan", {"flood": "response"}, frozenset({"flood"})),
        Document("medical", "plan", {None: "response"}),
        Document("cold", "plan", {"wind": "response", "frost": "nuclear"}),
        Document("outside", "plan", {}),
    ]
    return Names(
        spellings=made.known,
        facts=facts,
        scales=scales,
        object_kinds=kinds,
        area_attributes={"grid-load": load, "city-class": city},
        documents={(document.kind, document.id): document for document in documents},
    )


NAMES = sample_names()
KIND_OF = {"hankou": "station", "three-gorges": "reservoir", "city-grid": "grid"}


@dataclass
class Read:
    """What came of reading a text, and its findings as `code line:column`."""

    term: Term
    findings: list[Diagnostic]
    scope: ConditionScope
    rules: list[TableRule] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [f"{d.code} {d.span.line}:{d.span.column}" for d in self.findings if d.span]


def node_of(text: str) -> Node:
    """The node of a text that is good YAML."""
    findings: list[Diagnostic] = []
    node = read_document(text, "test.yaml", findings)
    assert not findings, findings
    assert node is not None
    return node


def make_scope(**changes: object) -> ConditionScope:
    options: dict[str, object] = {
        "names": NAMES,
        "definitions": {"dyke-danger": ALWAYS_TERM},
        "clause_prefix": "flood.II",
        "kind_of": KIND_OF,
    }
    return ConditionScope(**(options | changes))  # type: ignore[arg-type]


def read(text: str, **changes: object) -> Read:
    """A condition, read."""
    findings: list[Diagnostic] = []
    scope = make_scope(**changes)
    term = parse_condition(node_of(text), scope, findings)
    for found in findings:
        assert found.message_in("zh")
        assert found.message_in("en")
        assert found.span is not None
    return Read(term, findings, scope)


def read_table(text: str, scale: str = "grade", **changes: object) -> Read:
    """A document with `any:` and perhaps `otherwise:`, read as a table."""
    findings: list[Diagnostic] = []
    scope = make_scope(**changes)
    node = node_of(text)
    assert isinstance(node, MappingNode)
    rules = parse_table(
        node.get("any"), node.get("otherwise"), NAMES.scales[scale], scope, findings
    )
    for found in findings:
        assert found.message_in("zh")
        assert found.message_in("en")
    return Read(ALWAYS_TERM, findings, scope, rules)
