"""`planengine new`: files to begin with, each of which `check` finds nothing wrong with."""

from __future__ import annotations

from pathlib import Path

import click

from planengine.cli.beginnings import new_incident, new_library, new_plan, new_standard
from planengine.cli.command import Command, Family
from planengine.cli.common import language_option, library_option
from planengine.cli.language import Language, Say, speaker


def command(language: Language) -> Family:
    """The commands, in one language."""
    say = speaker(language)
    return Family(
        "new",
        language,
        (_library(language), _plan(language), _standard(language), _incident(language)),
        about=(
            say(
                "新建文件：写出的文件 planengine check 没有问题，注释说明接着改什么。"
                "已有的文件不会覆盖。",
                "Write a file to begin with: planengine check finds nothing wrong with it, and its "
                "comments say what to change. What is there already is never written over.",
            ),
        ),
        examples=(
            (
                "planengine new library my-city",
                say(
                    "起步用的预案库，含国家标准",
                    "a library to begin with, national standards in it",
                ),
            ),
            (
                "planengine new incident --hazard flood",
                say(
                    "洪水事件文件，列出规则要读取的指标",
                    "a flood, with the facts that its rules read",
                ),
            ),
        ),
        params=[_language_of_the_family(language)],
    )


def _language_of_the_family(language: Language) -> click.Option:
    option = language_option(language)
    option.expose_value = False  # each command has it too
    return option


def _library(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "library",
        language,
        new_library,
        about=(
            say(
                "在文件夹 DIR 中建一个小城市的预案库：辖区、机构、一个预案、一个示例事件；"
                "国家标准按名称引入（planengine:cn）。",
                "A library of a small city in the folder DIR: areas, bodies, a plan, an example "
                "incident; the national standards are included by name (planengine:cn).",
            ),
        ),
        examples=(
            (
                f"planengine new library my-city --label {say('星海市', 'Xinghai')}",
                say("城市叫这个名字", "the city has this name"),
            ),
        ),
        params=[
            click.Argument(["folder"], type=click.Path(path_type=Path), metavar="DIR"),
            click.Option(
                ["--name"],
                metavar="ID",
                help=say(
                    "城市的 id；默认取文件夹名。", "The city's id (default: the folder's name)."
                ),
            ),
            click.Option(
                ["--label"],
                metavar="TEXT",
                default=say("我的城市", "My city"),
                help=say("城市的名称。", "The city's name."),
            ),
            click.Option(
                ["--province"],
                metavar="TEXT",
                default=say("我的省", "My province"),
                help=say("省的名称。", "The province's name."),
            ),
            click.Option(
                ["--time-zone", "zone"],
                metavar="ZONE",
                default="Asia/Shanghai",
                help=say("时区，默认 Asia/Shanghai。", "Time zone (default: Asia/Shanghai)."),
            ),
            language_option(language),
        ],
    )


def _plan(language: Language) -> Command:
    say = speaker(language)
    kind = click.Option(
        ["--kind"],
        metavar="KIND",
        help=say(
            "预案种类，默认 special，没有时为库中第一种（planengine list plan-kinds）。",
            "Kind of plan (default: special, else the library's first; "
            "planengine list plan-kinds).",
        ),
    )
    return Command(
        "plan",
        language,
        new_plan,
        about=(
            say(
                "预案骨架：各级响应先凭研判启动，“改：”标出要换成预案原文的地方。",
                "A plan to begin with: its levels are judged by people so far, and `change:` marks "
                "what to replace by what the plan says.",
            ),
        ),
        examples=(
            (
                "planengine new plan hail --hazard hail",
                say("本市冰雹专项预案", "the city's special plan for hail"),
            ),
        ),
        params=[*_of_documents(say), kind, library_option(say), language_option(language)],
    )


def _standard(language: Language) -> Command:
    say = speaker(language)
    scale = click.Option(
        ["--scale"],
        metavar="SCALE",
        default="grade",
        help=say(
            "尺度，默认 grade（planengine list scales）。",
            "Scale (default: grade; planengine list scales).",
        ),
    )
    return Command(
        "standard",
        language,
        new_standard,
        about=(
            say(
                "标准骨架：各级先凭认定，“改：”标出要换成标准原文的地方。",
                "A standard to begin with: its levels are found by people so far, and `change:` "
                "marks what to replace by what the standard says.",
            ),
        ),
        examples=(
            (
                "planengine new standard gas-grade --hazard gas-accident",
                say("本市燃气事故分级", "the city's grades of gas accidents"),
            ),
        ),
        params=[*_of_documents(say), scale, library_option(say), language_option(language)],
    )


def _incident(language: Language) -> Command:
    say = speaker(language)
    return Command(
        "incident",
        language,
        new_incident,
        about=(
            say(
                "事件文件：列出本灾种的规则要读取的指标，每个一行注释，注明单位和由谁提供；"
                "去掉注释号即为有效的一条。FILE 默认按灾种和时间命名。",
                "An incident file with the facts that the rules of its hazard read, each a line of "
                "comment with its unit and who knows it; without the # it is a valid statement. "
                "FILE is named by hazard and time where it is not given.",
            ),
        ),
        examples=(
            (
                "planengine new incident a.yaml --hazard chemical-accident --at 2026-07-20T08:00",
                say("危化品事故，信息的时间已填好", "an accident, with its time filled in"),
            ),
        ),
        params=[
            click.Argument(
                ["file"], type=click.Path(path_type=Path), required=False, metavar="[FILE]"
            ),
            _hazard(say),
            _area(say("发生在哪个辖区，默认本市。", "Where it is (default: the home area).")),
            click.Option(
                ["--at"],
                metavar="TIME",
                help=say(
                    "各条信息的时间，默认现在。", "The time of the statements (default: now)."
                ),
            ),
            library_option(say),
            language_option(language),
        ],
    )


def _hazard(say: Say) -> click.Option:
    return click.Option(
        ["--hazard"],
        required=True,
        metavar="HAZARD",
        help=say(
            "灾种：id 或名称（planengine list hazards）。", "The hazard (planengine list hazards)."
        ),
    )


def _area(meaning: str) -> click.Option:
    return click.Option(["--area"], metavar="AREA", help=meaning)


def _of_documents(say: Say) -> tuple[click.Parameter, ...]:
    return (
        click.Argument(["name"], metavar="ID"),
        _hazard(say),
        _area(say("谁的文件，默认本市。", "Whose it is (default: the home area's).")),
        click.Option(
            ["--label"],
            metavar="TEXT",
            help=say(
                "名称，默认取辖区和灾种，如“星海市冰雹应急预案”。",
                "Its name (default: area and hazard).",
            ),
        ),
        click.Option(
            ["--output", "-o"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            help=say(
                "写到哪个文件，默认在库引入的文件夹中。",
                "The file (default: in a folder that the library includes).",
            ),
        ),
    )
