"""Codes about bodies that are nobody, or no longer; part of the family `model`."""

from __future__ import annotations

from planengine.diagnostics.code import Code, Text

CODES: tuple[Code, ...] = (
    Code(
        id="role-of-nobody",
        severity="advice",
        title=Text("No body has a role's function", "没有机构具有角色所指的职能"),
        message=Text(
            "no body here has the function `{function}`, so role `{name}` finds nobody",
            "没有机构具有职能 `{function}`，角色 `{name}` 找不到任何机构",
        ),
        hint=Text("did you mean `{nearest}`?", "是否应为 `{nearest}`？"),
        explanation=Text(
            "A role is found by place: the body with its function there. National files declare "
            "roles whose bodies each city declares; until one does, the role finds nobody.",
            "角色按地点确定：该地具有相应职能的机构。全国性文件声明角色，各市声明机构；"
            "尚无机构具有该职能时，角色找不到任何机构。",
        ),
        bad="roles:\n  flood-hq: {function: flod-hq}\n",
        good="roles:\n  flood-hq: {function: flood-hq}\n",
    ),
    Code(
        id="no-such-member",
        severity="error",
        title=Text("Each of no members", "没有所指的成员单位"),
        message=Text(
            "no member of this document is meant by `each: member`",
            "本文件没有 each: member 所指的成员单位",
        ),
        hint=Text("no member has the role `{role}`", "没有成员具有角色 `{role}`"),
        explanation=Text(
            "`each: member` stands for every body under `members`, with `role` for those with this "
            "member role. A document without such members would ask nobody. Standards have none.",
            "each: member 指 members 下的每个单位，与 role 并用则指具有该成员角色的单位；"
            "没有这样的成员就等于不要求任何人。标准没有成员。",
        ),
        bad="members: [{agency: water-bureau, role: lead}]\n"
        "actions: [{id: a, from: I, executor: {each: member, role: support}, do: 出动}]\n",
        good="members: [{agency: water-bureau, role: lead}]\n"
        "actions: [{id: a, from: I, executor: {each: member}, do: 出动}]\n",
    ),
    Code(
        id="tier-ungoverned",
        severity="error",
        title=Text("A tier whose governments are not declared", "层级未声明政府职能"),
        message=Text(
            "tier `{name}` does not say which bodies govern its areas",
            "层级 `{name}` 未说明由哪类机构管理",
        ),
        hint=Text(
            "write `government: <function>` at the tier, or use a role",
            "请在该层级写 government: <职能>，或改用角色",
        ),
        explanation=Text(
            "`each: county` stands for the government of each affected county: the body there with "
            "the function that the tier names as its `government`.",
            "each: county 指每个受影响县的政府，即该县内具有层级 government 所写职能的机构。",
        ),
        bad="tiers: [{id: county}]\n# executor: {each: county}\n",
        good="tiers: [{id: county, government: government}]\n# executor: {each: county}\n",
    ),
    Code(
        id="no-lead",
        severity="advice",
        title=Text("A plan that nobody leads", "预案没有牵头单位"),
        message=Text("no member of plan `{name}` leads", "预案 `{name}` 的成员中没有牵头单位"),
        hint=Text("give one member `role: {role}`", "请为一个成员写 role: {role}"),
        explanation=Text(
            "An assessment lists the bodies that lead first. Name the member that does; a plan "
            "without members is led by its `headquarters`.",
            "研判结果首先列出牵头单位，请写明由哪个成员牵头；"
            "没有成员的预案由其 headquarters 牵头。",
        ),
        bad="members: [{agency: water-bureau, role: support}]\n",
        good="members: [{agency: water-bureau, role: lead}]\n",
    ),
    Code(
        id="only-requested",
        severity="warning",
        title=Text("An order to a body that can only be requested", "对只能商请的单位下达指令"),
        message=Text(
            "`{giver}` can request `{name}`, not order it: {reason}",
            "`{giver}` 只能商请 `{name}`，不能指令：{reason}",
        ),
        hint=Text(
            "write `mode: request`; where the law lets it order, declare the relation "
            "{{from: {giver}, to: {name}, mode: order}} in a registry file",
            "请写 mode: request；依法可以指令的，请在登记文件中声明关系 "
            "{{from: {giver}, to: {name}, mode: order}}",
        ),
        explanation=Text(
            "Bodies that answer to their own line (the power grid, telecoms, the army, the "
            "weather service) and bodies of other places are requested. An order to them would "
            "not be followed. The giver is the plan's headquarters, else its jurisdiction.",
            "实行垂直管理的单位（电网、通信、军队、气象等）和其他地方的单位只能商请，"
            "指令对其不发生效力。发出者是预案的指挥部，没有指挥部的是其辖区。",
        ),
        bad="actions: [{id: power, from: I, executor: power-company, do: 保电, mode: order}]\n",
        good="actions: [{id: power, from: I, executor: power-company, do: 保电, mode: request}]\n",
    ),
    Code(
        id="agency-abolished",
        severity="warning",
        title=Text("A body that no longer exists", "机构已撤销"),
        message=Text("`{name}` was abolished before this edition", "`{name}` 在本版本生效前已撤销"),
        hint=Text("its successor: {successor}", "承接机构：{successor}"),
        explanation=Text(
            "The body ended before this edition came into force, so nobody would act. Name its "
            "successor.",
            "该机构在本版本生效之前已撤销，将无人执行。请改写为承接机构。",
        ),
        bad="executor: civil-affairs-bureau\n",
        good="executor: emergency-bureau\n",
    ),
    Code(
        id="agency-outlived",
        severity="warning",
        title=Text("A body abolished while the edition is in force", "机构在版本有效期内撤销"),
        message=Text(
            "`{name}` was abolished on {date}, while this edition is in force",
            "`{name}` 已于 {date} 撤销，而本版本仍在生效",
        ),
        hint=Text("its successor: {successor}", "承接机构：{successor}"),
        explanation=Text(
            "The body ended while this edition went on. Amend the plan to name its successor, or "
            "give the edition an `until`.",
            "该机构撤销时本版本仍在生效。请修订为承接机构，或为版本写明 until。",
        ),
        bad="edition: {number: 1, in-force: 2017-01-01}\n"
        "executor: work-safety-bureau   # until 2019\n",
        good="edition: {number: 2, in-force: 2019-04-01}\nexecutor: emergency-bureau\n",
    ),
    Code(
        id="agency-not-yet",
        severity="warning",
        title=Text("A body that does not exist yet", "机构尚未设立"),
        message=Text(
            "`{name}` was set up after this edition came into force",
            "`{name}` 在本版本生效之后才设立",
        ),
        explanation=Text(
            "The body began after this edition came into force. Check both dates.",
            "该机构在本版本生效之后才设立，请核对两处日期。",
        ),
        bad="edition: {number: 1, in-force: 2017-01-01}\n"
        "executor: emergency-bureau   # from 2019\n",
        good="edition: {number: 1, in-force: 2019-04-01}\nexecutor: emergency-bureau\n",
    ),
)
