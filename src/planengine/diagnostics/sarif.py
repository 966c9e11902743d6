"""Diagnostics as SARIF 2.1.0, the format in which analysers tell platforms what they found."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from planengine.diagnostics.code import Code, Language
from planengine.diagnostics.diagnostic import Diagnostic, Span, declared
from planengine.diagnostics.json import Json, words_of
from planengine.diagnostics.pages import page

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://github.com/planengine/planengine"
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}


def sarif(
    diagnostics: Iterable[Diagnostic], *, version: str, language: Language = "en"
) -> dict[str, Json]:
    """A log of one run, of a version of planengine; the rules are the codes that were found.

    Columns count code points. Files keep their paths where these are relative, so that a run
    in the root of a repository names them as the repository does.
    """
    found = list(diagnostics)
    codes = sorted({one.code for one in found})
    places = {code: number for number, code in enumerate(codes)}
    rules: list[Json] = [_rule(declared(code), language) for code in codes]
    results: list[Json] = [_result(one, places[one.code], language) for one in found]
    driver: dict[str, Json] = {
        "name": "planengine",
        "version": version,
        "informationUri": _HOME,
        "rules": rules,
    }
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "language": "zh-CN" if language == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code, language: Language) -> dict[str, Json]:
    return {
        "id": code.id,
        "shortDescription": {"text": code.title.in_language(language)},
        "fullDescription": {"text": code.explanation.in_language(language)},
        "help": {"text": page(code, language), "markdown": page(code, language)},
        "helpUri": f"{_HOME}/blob/main/docs/diagnostics/{code.id}.md",
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(found: Diagnostic, place: int, language: Language) -> dict[str, Json]:
    said, hint = found.message_in(language), found.hint_in(language)
    result: dict[str, Json] = {
        "ruleId": found.code,
        "ruleIndex": place,
        "level": _LEVELS[found.severity],
        "message": {"text": said if hint is None else f"{said}\n{hint}"},
    }
    if found.span is not None:
        result["locations"] = [_location(found.span)]
    related: list[Json] = [
        {"id": number, "message": {"text": words_of(words, language)}, **_location(span)}
        for number, (words, span) in enumerate(found.related)
    ]
    return {**result, "relatedLocations": related} if related else result


def _location(span: Span) -> dict[str, Json]:
    path = Path(span.file)
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
    }
