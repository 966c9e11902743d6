"""A library to begin with: a city of one county and one works, and a plan for accidents there."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from planengine.cli.language import Language, speaker
from planengine.reading.yaml_text import scalar
from planengine.values.times import WITHOUT_ZONE


class City(Struct, frozen=True):
    """What the files of a new library are made from; `day` is a date such as 2026-03-01."""

    id: str
    label: str
    province: str
    zone: str
    day: str
    language: Language

    @property
    def year(self) -> str:
        return self.day[:4]


def files_of(city: City) -> Mapping[str, str]:
    """The files of a library by their paths in its folder."""
    return {
        "planengine.yaml": _manifest(city),
        "registry.yaml": _registry(city),
        "sources.yaml": _sources(city),
        "plans/production-safety.yaml": _plan(city),
        "incidents/example.yaml": _incident(city),
    }


def _label(city: City, zh: str, en: str) -> str:
    """A label in the language of the library."""
    return f"{{{city.language}: {scalar(speaker(city.language)(zh, en))}}}"


def _manifest(city: City) -> str:
    say = speaker(city.language)
    about = say(
        "# 本预案库包含哪些文件。planengine:cn 是国家标准、词汇、依据和登记，随 planengine 安装，\n"
        "# 无须复制。修改后运行 planengine check。\n",
        "# What this library is made of. planengine:cn has the national standards, vocabulary, sources\n"
        "# and registry; it comes with planengine and need not be copied. After changes: planengine check\n",
    )
    title = _label(city, f"{city.label}应急预案库", f"{city.label} emergency plan library")
    return (
        f"{about}library: {city.id}\nlabel: {title}\n"
        "include: [planengine:cn, registry.yaml, sources.yaml, plans]\n"
        f"home: {city.id}\ntime-zone: {scalar(city.zone)}\n"
    )


def _registry(city: City) -> str:
    say, home = speaker(city.language), city.id

    def named(zh: str, en: str, *more: str) -> str:
        return f"{{label: {_label(city, zh, en)}, {', '.join(more)}}}"

    def agency(zh: str, en: str, area: str, function: str, above: str | None = None) -> str:
        over = () if above is None else (f"reports-to: {above}",)
        return named(zh, en, f"in: {area}", *over, f"function: {function}")

    province, county, works = f"{home}-province", f"{home}-county", f"{home}-works"
    phones = say(
        "# 岗位。岗位和机构的电话印在文稿上，加写 contacts: {phone: 0571-8000-0001, as-of: 2026-05-01}。\n",
        "# Posts. Telephones of posts and bodies are printed on papers: contacts: {phone: 0571-8000-0001, as-of: 2026-05-01}.\n",
    )
    areas = say(
        "# 辖区：改成自己的省、区县和乡镇；单位也可作为辖区登记，事故就能说明发生在哪里。\n",
        "# Areas: put your own province, counties and townships here. A works may be an area too, so that an\n"
        "# accident can be said to be there.\n",
    )
    bodies = say(
        "# 机构：国家标准按职能（function）和层级找到报告单位，例如市级 emergency 是市应急管理部门。\n"
        "# 有哪些职能：planengine list roles\n",
        "# Bodies: the national standards find who reports by function and tier: `emergency` of a city is its\n"
        "# emergency authority. Which functions there are: planengine list roles\n",
    )
    town = city.label
    return (
        f"registry: {home}\n{areas}jurisdictions:\n"
        f"  {province}: {{label: {{{city.language}: {scalar(city.province)}}}, tier: province, in: china}}\n"
        f"  {home}: {{label: {{{city.language}: {scalar(town)}}}, tier: city, in: {province}}}\n"
        f"  {county}: {named('示例县', 'Example county', 'tier: county', f'in: {home}')}\n"
        f"  {works}: {named('示例工厂', 'Example works', 'tier: plant', f'in: {county}')}\n"
        f"\n{bodies}agencies:\n"
        f"  provincial-government: {agency('省人民政府', 'provincial government', province, 'government')}\n"
        f"  provincial-emergency-department: {agency('省应急管理厅', 'provincial emergency department', province, 'emergency', 'provincial-government')}\n"
        f"  municipal-government: {agency(f'{town}人民政府', f'{town} government', home, 'government', 'provincial-government')}\n"
        f"  emergency-bureau: {agency(f'{town}应急管理局', f'{town} emergency bureau', home, 'emergency', 'municipal-government')}\n"
        f"  police-bureau: {agency(f'{town}公安局', f'{town} police bureau', home, 'police', 'municipal-government')}\n"
        f"  fire-rescue-brigade: {agency(f'{town}消防救援支队', f'{town} fire and rescue brigade', home, 'fire-rescue', 'municipal-government')}\n"
        f"  health-commission: {agency(f'{town}卫生健康委员会', f'{town} health commission', home, 'health', 'municipal-government')}\n"
        f"  publicity-department: {agency(f'{town}宣传部', f'{town} publicity department', home, 'publicity')}\n"
        f"  example-county-government: {agency('示例县人民政府', 'Example county government', county, 'government', 'municipal-government')}\n"
        f"  example-county-emergency-bureau: {agency('示例县应急管理局', 'Example county emergency bureau', county, 'emergency', 'example-county-government')}\n"
        f"  example-works-management: {agency('示例工厂负责人', 'management of the example works', works, 'responsible-unit')}\n"
        f"\n{phones}posts:\n"
        f"  mayor: {named('市长', 'mayor', 'in: municipal-government')}\n"
        f"  deputy-mayor: {named('分管副市长', 'deputy mayor in charge', 'in: municipal-government')}\n"
        f"  emergency-director: {named('应急管理局局长', 'director of the emergency bureau', 'in: emergency-bureau')}\n"
    )


def _sources(city: City) -> str:
    say = speaker(city.language)
    about = say(
        "# 本市自己的文件。法律、法规和国家标准的依据已在 planengine:cn 中：planengine list sources\n",
        "# The city's own documents. Laws, regulations and standards are in planengine:cn: planengine list sources\n",
    )
    title = _label(
        city, f"{city.label}生产安全事故应急预案", f"{city.label} production-safety plan"
    )
    return (
        f"sources: {city.id}\n{about}entries:\n  {city.id}-safety-plan:\n    label: {title}\n"
        f'    rank: plan\n    editions: [{{number: "{city.year}-1", in-force: {city.year}-01-01}}]\n'
    )


def _plan(city: City) -> str:
    say = speaker(city.language)
    title = _label(
        city, f"{city.label}生产安全事故应急预案", f"{city.label} production-safety plan"
    )
    grades = say(
        "特别重大: I, 重大: II, 较大: III, 一般: IV",
        "especially-serious: I, serious: II, large: III, ordinary: IV",
    )
    about = say(
        "# 起步用的专项预案：分级用国家标准（国务院令第493号），响应级别按分级对应。\n"
        "# 其中的批准人、时限和措施都是示例，请按本市预案原文逐条修改，并写明依据条款。\n",
        "# A special plan to begin with: the grade is the national standard's (State Council decree 493), the\n"
        "# response follows the grade. Approvers, limits and actions are examples: put in what your own plan says,\n"
        "# line by line, with the clause it stands in.\n",
    )
    return (
        f"{about}plan: production-safety\nkind: special\nlabel: {title}\njurisdiction: {city.id}\n"
        f'edition: {{number: "{city.year}-1", in-force: {city.year}-01-01}}\n'
        f"basis: [{{source: {city.id}-safety-plan, own-choice: true}}]\n"
        "applies: {hazards: [production-accident]}\n"
        "members:\n"
        f"  - {{agency: emergency-bureau, role: lead, duties: [{say('组织救援、报告事故', 'organises the rescue, reports')}]}}\n"
        f"  - {{agency: fire-rescue-brigade, role: professional, duties: [{say('抢险救援', 'rescue')}]}}\n"
        f"  - {{agency: health-commission, role: support, duties: [{say('伤员救治', 'care of the injured')}]}}\n"
        f"  - {{agency: police-bureau, role: support, duties: [{say('现场警戒', 'cordon')}]}}\n"
        "from:\n  decision: grade.production-accident\n"
        f"  map: {{{grades}}}\n"
        f"  basis: {{source: {city.id}-safety-plan, own-choice: true}}\n"
        "levels:\n"
        "  - {level: I, propose: emergency-bureau, approve: {post: mayor}, duration: 10 d}\n"
        "  - {level: II, propose: emergency-bureau, approve: {post: mayor}, duration: 7 d}\n"
        "  - {level: III, propose: emergency-bureau, approve: {post: deputy-mayor, or: {post: mayor}}, duration: 5 d}\n"
        "  - {level: IV, propose: emergency-bureau, approve: {post: emergency-director}, duration: 3 d}\n"
        f"end: {{when: {{judged: {{what: {say('险情和隐患消除，人员全部救出', 'the danger is over and everybody is found')}, by: emergency-bureau}}}}, approve: same}}\n"
        f"lower: {{when: {{judged: {{what: {say('伤亡不再增加，险情受控', 'no more people are hurt and the danger is under control')}, by: emergency-bureau}}}}, approve: same}}\n"
        "actions:\n"
        f"  - {{id: cordon, mode: first-response, executor: police-bureau, do: {say('现场警戒和交通管制', 'cordon off the place')}, within: 30 min, of: receipt}}\n"
        f"  - {{id: rescue, from: IV, executor: fire-rescue-brigade, do: {say('搜救被困人员', 'search for people and rescue them')}, within: 30 min, of: start}}\n"
        f"  - {{id: care, from: IV, executor: health-commission, do: {say('救治伤员', 'care for the injured')}, within: 30 min, of: start}}\n"
        f"  - {{id: command-post, from: III, executor: emergency-bureau, do: {say('设立现场指挥部', 'set up a command post')}, within: 1 h, of: start}}\n"
        "reports:\n"
        "  - {id: start-report, from: IV, by: emergency-bureau, to: provincial-government, within: 1 h, of: start}\n"
        "information:\n  body: publicity-department\n  approve: {post: deputy-mayor}\n"
        "  first-within: 5 h\n  conference-within: 24 h\n  of: occurrence\n"
        f"  channels: [{say('政府网站', 'the government website')}]\n"
        f"  basis: {{source: {city.id}-safety-plan, own-choice: true}}\n"
    )


def _incident(city: City) -> str:
    say = speaker(city.language)
    about = say(
        "# 示例：工厂爆炸，5人死亡，按国家标准为较大事故。运行：\n"
        "#   planengine assess incidents/example.yaml\n"
        "# 补报：planengine say incidents/example.yaml 死亡=6 --area 示例工厂\n",
        "# An example: an explosion at a works with 5 dead, by the national standard a large accident. Run:\n"
        "#   planengine assess incidents/example.yaml\n"
        "# Report more: planengine say incidents/example.yaml deaths=6 --area 'Example works'\n",
    )
    title = _label(city, "示例工厂爆炸", "explosion at the example works")
    day, end = city.day, "Z" if city.zone == WITHOUT_ZONE else ""
    return (
        f"{about}incident: example\nlabel: {title}\nhazards: [production-accident]\n"
        f"moments: {{occurrence: {day}T08:10{end}, receipt: {day}T08:20{end}}}\nobservations:\n"
        f"  - {{at: {day}T08:20{end}, area: {city.id}-works, source: example-works-management, facts: {{accident-occurred: true}}}}\n"
        f"  - {{at: {day}T09:00{end}, area: {city.id}-works, source: example-county-emergency-bureau, facts: {{deaths: 5, missing: 0, seriously-injured: 4}}}}\n"
    )
