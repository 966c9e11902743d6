"""The page: one HTML file with its data, style and program inside, and nothing from elsewhere."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from planengine.assessment.words import Words
from planengine.atlas.matter import Matter
from planengine.atlas.opened import documents, levels, sources
from planengine.atlas.scenes import around_scene, fact_scene, plan_scene
from planengine.atlas.shelves import library_scene
from planengine.diagnostics import Language

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def to_page(matter: dict[str, Any], *, language: Language, view: str | None = None) -> str:
    """A whole HTML document of `page_data`, which begins in a language with a view
    (`plan=<key>`); a view that the data do not have is that of the library.
    """
    known = view is not None and view in matter["scenes"]
    data = {**matter, "language": language, "view": view if known else "library"}
    own = files("planengine.atlas")
    style = own.joinpath("page.css").read_text("utf-8")
    program = own.joinpath("page.js").read_text("utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>planengine</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<script type="application/json" id="data">{_inside_script(data)}</script>\n'
        f"<script>\n{program}</script>\n</body>\n</html>\n"
    )


def page_data(matter: Matter) -> dict[str, Any]:
    """All that the page shows, as plain data."""
    opened = dict(sources(matter))
    scenes = {"library": library_scene(matter)}
    for key in matter.of_document:
        scenes[f"plan={key}"] = plan_scene(matter, key)
        scenes[f"around={key}"] = around_scene(matter, key)
    for key in opened:
        scenes[f"source={key}"] = fact_scene(matter, key)
    entities, words = matter.entities, matter.words
    return {
        "library": words.say(Words.label, entities.label, entities.home),
        "at": words.zh.full_time(matter.at),
        "documents": dict(documents(matter)),
        "groups": {
            group.key: {
                "document": group.unit.document,
                "title": matter.title(group),
                "levels": list(group.levels),
                "areas": [words.say(Words.place, area) for area in group.areas],
            }
            for group in matter.groups
        },
        "levels": dict(levels(matter)),
        "sources": opened,
        "scenes": scenes,
    }


def _inside_script(data: dict[str, Any]) -> str:
    """Data as JSON in which nothing can end the script that holds it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
