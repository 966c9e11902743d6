"""A plan or a standard to begin with.

Its levels are reached when people judge so, and it has no figure: a threshold that nobody
meant could be believed.
"""

from __future__ import annotations

from msgspec import Struct

from planengine.cli.language import Language, speaker
from planengine.domain.entities import Entities
from planengine.domain.vocabulary import MomentMeaning
from planengine.reading.yaml_text import scalar
from planengine.values.durations import format_duration


class Draft(Struct, frozen=True):
    """What a new document is made from, by ids of the library; `day` is a date: 2026-03-01."""

    id: str
    label: str
    hazard: str
    area: str
    lead: str
    day: str
    language: Language

    @property
    def head(self) -> str:
        """The label and the edition that every document has."""
        return f"label: {{{self.language}: {scalar(self.label)}}}\n"

    @property
    def edition(self) -> str:
        return f'edition: {{number: "{self.day[:4]}-1", in-force: {self.day}}}\n'


def plan_text(draft: Draft, kind: str, scale_id: str, post: str, entities: Entities) -> str:
    """A plan with every level of a scale, one action and one way to end."""
    say, lead = speaker(draft.language), draft.lead
    scale = entities.scales[scale_id]
    roles = "".join(f", role: {one.id}" for one in entities.member_roles[:1])
    limit = _moment(entities, "receipt", "occurrence")
    when = "mode: first-response"
    if limit is None:  # then a first response has nothing to count from
        limit, when = _moment(entities, "start", "met"), f"from: {scale.levels[-1].id}"
    about = say(
        "# 预案骨架。带“改：”的地方换成预案原文，并在 basis 中写明依据的文件和条款。\n"
        "# 各级启动条件目前只凭研判（judged）；有阈值的写成 when: {any: [死亡: 10人以上, …]}，\n"
        "# 可用的指标：planengine list facts。写完运行 planengine check。\n"
        "# 还可写：any（分级表）、warnings（预警）、links（联动）、resources（资源）。\n",
        "# A plan to begin with. Where `change:` stands put what the plan says, and in `basis` the document and\n"
        "# clause it stands in. Levels are judged by people so far; a threshold is written\n"
        "# when: {any: [deaths: ≥ 10, …]}; the facts there are: planengine list facts. Then: planengine check.\n"
        "# There may be besides: any (a graded table), warnings, links, resources.\n",
    )
    levels = "".join(
        f"  - level: {level.id}\n"
        f"    propose: {lead}\n"
        f"    approve: {{post: {post}}}      {say('# 改：谁批准', '# change: who approves')}\n"
        f"    duration: 72 h      {say('# 改：期限', '# change: for how long')}\n"
        f"    when: {{judged: {{id: {draft.id}-{level.id}, "
        f"what: {scalar(say('研判达到', 'judged to be ') + level.label.text(draft.language))}, by: {lead}}}}}"
        f"      {say('# 改：启动条件', '# change: the condition')}\n"
        for level in scale.levels
    )
    within = f", within: 30 min, of: {limit}" if limit is not None else ""
    mildest = scale.levels[-1].id
    above = _government_above(entities, draft.area)
    report = (
        ""
        if above is None
        else f"reports:\n  - {{id: {draft.id}-report, from: {mildest}, by: {lead}, to: {above}}}"
        f"      {say('# 改：时限和内容', '# change: the limit, and what it says')}\n"
    )
    return (
        f"{about}plan: {draft.id}\nkind: {kind}\n{draft.head}jurisdiction: {draft.area}\n{draft.edition}"
        f'# basis: [{{source: …, clause: "…"}}]      {say("# 改：依据", "# change: what it rests on")}\n'
        f"applies: {{hazards: [{draft.hazard}]}}\n"
        f"members:\n  - {{agency: {lead}{roles}}}      {say('# 改：成员单位和职责 duties', '# change: the members, with their duties')}\n"
        f"levels:\n{levels}"
        f"end:\n  when: {{judged: {{id: {draft.id}-over, what: {say('险情已消除', 'the danger is over')}, by: {lead}}}}}"
        f"      {say('# 改：终止条件', '# change: when it ends')}\n"
        "  approve: same\n"
        f"lower:\n  when: {{judged: {{id: {draft.id}-better, what: {say('险情减轻', 'the danger is less')}, by: {lead}}}}}"
        f"      {say('# 改：降级条件', '# change: when it is lowered')}\n"
        "  approve: same\n"
        f"actions:\n  - {{id: {draft.id}-first, {when}, executor: {lead}, "
        f"do: {say('先期处置', 'first response')}{within}}}      {say('# 改：措施', '# change: the actions')}\n"
        f"{report}{_information(draft, kind, post, entities)}"
    )


def _government_above(entities: Entities, area: str) -> str | None:
    """The body that governs the area around an area, where one is registered."""
    around = next(iter(list(entities.around(area))[1:2]), None)
    known = entities.jurisdictions.get(around or "")
    tier = next((one for one in entities.tiers if known is not None and one.id == known.tier), None)
    if tier is None or tier.government is None:
        return None
    bodies = entities.agencies.values()
    return next((b.id for b in bodies if (b.area, b.function) == (around, tier.government)), None)


def _information(draft: Draft, kind: str, post: str, entities: Entities) -> str:
    """Who informs the public, where the library asks it of such plans, and by when it asks it."""
    asked = [one for one in entities.requirements if not one.plan_kinds or kind in one.plan_kinds]
    if not any(one.asks == "release" for one in asked):
        return ""
    limits = [one.seconds for one in asked if one.asks == "first-release" and one.seconds]
    within = f", first-within: {format_duration(min(limits))}" if limits else ""
    say = speaker(draft.language)
    return (
        f"information: {{body: {draft.lead}, approve: {{post: {post}}}{within}}}"
        f"      {say('# 改：由谁发布、谁批准', '# change: who informs the public, who approves')}\n"
    )


def _moment(entities: Entities, *meanings: MomentMeaning) -> str | None:
    """The first moment of the first of these meanings that the library declares."""
    moments = entities.moments.values()
    return next((one.id for what in meanings for one in moments if one.meaning == what), None)


def standard_text(draft: Draft, scale: str, entities: Entities) -> str:
    """A standard with one row, which has every level of a scale."""
    say = speaker(draft.language)
    levels = entities.scales[scale].levels
    figures = (("10人以上", "≥ 30"), ("3人以上10人以下", '"[10..30)"'))
    example = ", ".join(
        f"{level.label.text('zh')}: {chinese}"
        if draft.language == "zh"
        else f"{level.id}: {english}"
        for level, (chinese, english) in zip(levels, figures, strict=False)
    )
    about = say(
        "# 标准骨架。带“改：”的地方换成标准原文，并在 basis 中写明依据的文件和条款。\n"
        f"# 阈值按原文写，每个指标一行：指标: {{{example}, …}}。\n"
        "# 可用的指标：planengine list facts。写完运行 planengine check。\n",
        "# A standard to begin with. Where `change:` stands put what the standard says, and in `basis` the\n"
        "# document and clause it stands in. Thresholds stand as the law has them, a row to each fact:\n"
        f"# FACT: {{{example}, …}}. The facts there are: planengine list facts.\n",
    )
    bands = "".join(
        f"    {level.id}: {{judged: {{id: {draft.id}-{level.id}, "
        f"what: {scalar(say('认定为', 'found to be ') + level.label.text(draft.language))}, by: {draft.lead}}}}}\n"
        for level in levels
    )
    return (
        f"{about}standard: {draft.id}\n{draft.head}scale: {scale}\nauthority: {draft.area}\n{draft.edition}"
        f'# basis: [{{source: …, clause: "…"}}]      {say("# 改：依据", "# change: what it rests on")}\n'
        f"applies: {{hazards: [{draft.hazard}]}}\n"
        f"any:\n  - row: {say('认定', 'finding')}      {say('# 改：指标和阈值', '# change: facts and thresholds')}\n{bands}"
    )
