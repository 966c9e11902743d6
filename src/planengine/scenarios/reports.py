"""Results for programs: as plain data, and as JUnit XML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from xml.etree import ElementTree as ET  # only written here, never read

from planengine.diagnostics import Span
from planengine.expectations.because import Because
from planengine.scenarios.run import Failure, Result
from planengine.scenarios.words import Telling
from planengine.values.times import format_time

VERSION = 1


def as_data(results: Sequence[Result], telling: Telling) -> dict[str, Any]:
    """All results: counts, and each with what was expected, what came, and why."""
    counts = Counter(result.state for result in results)
    return {
        "schema": VERSION,
        "passed": counts["passed"],
        "failed": counts["failed"],
        "unconfirmed": counts["unconfirmed"],
        "results": [_result(one, telling) for one in results],
    }


def _result(result: Result, telling: Telling) -> dict[str, Any]:
    return {
        "file": result.suite.file,
        "test": result.suite.name,
        "case": result.case.name,
        "kind": result.case.kind,
        "at": format_time(result.moment.at, telling.words.entities.time_zone),
        "after_all": result.moment.after_all,
        "state": result.state,
        "place": _place(result.moment.span),
        "failures": [_failure(one, telling) for one in result.failures],
    }


def _failure(failure: Failure, telling: Telling) -> dict[str, Any]:
    one = failure.expectation
    return {
        "subject": one.subject,
        "aspect": one.aspect,
        "expected": telling.values(one, one.wanted),
        "came": telling.values(one, failure.came.values) or None,
        "text": telling.failure(failure),
        "place": _place(one.span),
        "because": [_because(item, telling) for item in failure.because],
    }


def _because(one: Because, telling: Telling) -> dict[str, Any]:
    origin = one.origin
    return {
        "cell": str(one.cell),
        "text": telling.because(one),
        "held": one.held,
        "by": None if one.by is None else float(one.by),
        "written": None if origin is None else origin.text,
        "place": None if origin is None or origin.span is None else _place(origin.span),
        "depth": one.depth,
    }


def _place(span: Span) -> dict[str, Any]:
    return {"file": span.file, "line": span.line, "column": span.column}


def as_junit(results: Iterable[Result], telling: Telling) -> str:
    """JUnit XML: a suite for each file; what nobody has confirmed is a failure of its own type."""
    files: dict[str, list[Result]] = {}
    for result in results:
        files.setdefault(result.suite.file, []).append(result)
    root = ET.Element("testsuites")
    for file, listed in files.items():
        bad = sum(one.state != "passed" for one in listed)
        suite = ET.SubElement(
            root, "testsuite", name=listed[0].suite.name, tests=str(len(listed)), failures=str(bad)
        )
        for result in listed:
            case = ET.SubElement(
                suite,
                "testcase",
                classname=_xml(file),
                name=_xml(telling.name(result)),
                file=_xml(file),
                line=str(result.moment.span.line),
            )
            if result.state == "unconfirmed":
                text = telling.say("尚未确认", "not confirmed")
                ET.SubElement(case, "failure", type="unconfirmed", message=text)
            for failure in result.failures:
                message = _xml(telling.failure(failure))
                told = ET.SubElement(case, "failure", type="expectation", message=message)
                told.text = "\n".join(_xml(telling.because(one)) for one in failure.because)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode")


def _xml(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t")
