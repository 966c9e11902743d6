"""What tests cover, measured over the rule sets of all editions, and written to files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planengine.cli.common import json_text
from planengine.cli.writing import write_text

if TYPE_CHECKING:
    from planengine.facade import Engine
    from planengine.scenarios.coverage import Coverage
    from planengine.scenarios.recorder import Recorder
    from planengine.scenarios.words import Telling


def measured(engine: Engine, recorder: Recorder, document: str | None) -> Coverage:
    """What was covered of the library's own files, or of one document."""
    from planengine.scenarios.coverage import coverage, times_of_editions

    entities = engine.library.entities
    rules = [engine.rules_at(at) for at in times_of_editions(entities)]
    wanted = frozenset(
        one.span.file
        for one in entities.written.values()
        if one.span is not None and document in {None, one.document}
    )
    return coverage(entities, recorder.made, rules, wanted - entities.foreign)


def write_generated(found: Coverage, engine: Engine, path: Path, telling: Telling) -> str:
    """The cases that are missing as a file of proposed tests; what there is to say of it."""
    from planengine.scenarios.coverage import times_of_editions
    from planengine.scenarios.generate import generate

    times = times_of_editions(engine.library.entities)
    name = path.name.removesuffix(".test.yaml")
    head = telling.say(
        "由 planengine test --generate 写出：结果是今天的研判，不是对照条文得出的。\n"
        "逐条核对，正确的删去 proposed: true，不正确的改正预案。",
        "Written by planengine test --generate: the answers are today's, and not the law's.\n"
        "Check each: take `proposed: true` away where it is right, mend the plan where it is not.",
    )
    made = generate(found, engine, times, name, head)
    write_text(path, made.text, telling.say)
    return telling.say(
        f"{path}：{made.cases} 项，确认后可覆盖 {made.made} 处；另有 {made.missing} 处未能生成",
        f"{path}: {made.cases} cases that would cover {made.made} marks once confirmed; "
        f"{made.missing} are left for you",
    )


def write_coverage(found: Coverage, path: Path, telling: Telling) -> None:
    """Coverage as a page or as data, by the ending of the path."""
    from planengine.reading.contents import content_of
    from planengine.scenarios.coverage_words import as_data
    from planengine.scenarios.page import page

    if path.suffix == ".json":
        text = json_text(as_data(found)) + "\n"
    else:
        files = {one.written.span.file for one in found.items if one.written.span is not None}
        sources = {
            file: content.decode("utf-8", "replace")
            for file in files
            if (content := content_of(Path(file))) is not None
        }
        text = page(found, sources, telling)
    write_text(path, text, telling.say)
