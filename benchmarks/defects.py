"""Puts mistakes into the shipped plans, one at a time, and counts how many `check` finds.

    python benchmarks/defects.py [--most 3] [--seed 1] [--only NAME]

Each operator is one kind of slip: a pattern in the text of plans, and what stands there instead. Up to
`--most` of its places are tried, drawn by seed. A slip is *found* where a finding of one of the
operator's codes is new; *other* findings are those of other codes, which one slip should not bring. An
operator without codes is a slip that no check claims to see: what is found of it is luck.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from planengine.diagnostics import Diagnostic
from planengine.facade.library import Library
from planengine.linking.incidents.files import is_test
from planengine.linking.load import read_library

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-28T00:00:00+08:00"
Match = re.Match[str]


class Defect(NamedTuple):
    """A kind of slip: where it can be made, what is written, and what should be found."""

    name: str
    codes: tuple[str, ...]
    pattern: str
    replacement: str | Callable[[Match], str]


def more(group: int, by: int = 1) -> Callable[[Match], str]:
    """The match with one of its numbers changed."""

    def replaced(match: Match) -> str:
        low, high = match.span(group)
        start = match.start()
        text = match[0]
        return f"{text[: low - start]}{int(match[group]) + by}{text[high - start :]}"

    return replaced


def up_to_twice(match: Match) -> str:
    return f"{match[1]}{match[2]}人以上{2 * int(match[2])}人以下{match[3]}"


def unless(there: str, written: str) -> Callable[[Match], str]:
    """What is written, unless the text has something already: then it stays as it is."""

    def replaced(match: Match) -> str:
        return match[0] if there in match.string else match.expand(written)

    return replaced


def years_ago(match: Match) -> str:
    return f"{match[1]}{int(match[2]) - 4}{match[3]}"


BANDS = ("band-gap", "band-overlap", "band-order", "band-shadowed", "band-closed", "excluded-limit")
ACTION = r"(  - \{id: [\w-]+, (?:track: \w+, )?from: IV, executor: )"
DEFECTS = (
    # thresholds
    Defect("a band begins one later", BANDS, r"(\d+)人以上(?=\d+人以下, I+V?: \d+人以上\1人以下)", more(1)),
    Defect("a band ends one later", BANDS, r"\d+人以上(\d+)人以下", more(1)),
    Defect("a band ends one earlier", BANDS, r"\d+人以上(\d+)人以下", more(1, -1)),
    Defect("the worst band is closed", BANDS, r"I: (\d+)人以上(?=, II)", r"I: \g<1>人以上\g<1>0人以下"),
    Defect("I and II are exchanged", BANDS, r"\{I: (\d+人以上), II: (\d+人以上\d+人以下)", r"{II: \1, I: \2"),
    Defect("a percentage loses its hundred", ("percent-below-one",), r"≥ (\d\d) %", r"≥ 0.\1"),
    Defect("a count becomes an equality", ("equality",), r"is: ≥ ([2-9])\}", r"is: \1}"),
    Defect("≥ becomes >", (), r": ≥ (\d)", r": > \1"),
    Defect("millimetres become centimetres", (), r"(≥ \d+) mm", r"\1 cm"),
    Defect("万人 becomes 人", BANDS, r"II: 10万人以上", "II: 10人以上"),
    Defect("a bound beside a condition gets an end", ("level-falls", "band-closed"), r"(all: \[(?!sensitive)[\w{}: -]+, \{[\w-]+: )(\d+)人以上(\}\])", up_to_twice),
    Defect("a flag beside a condition is turned round", ("level-falls",), r"(all: \[[\w{}: -]+, \{beyond-capacity: )true", r"\1false"),
    Defect("a colour leaves out the milder one's measures", ("measure-dropped",), r"(measures: \[[^\]]*\]), milder-measures: kept", r"\1"),
    # alternatives and definitions
    Defect("an alternative is narrowed to a part of its neighbour", ("alternative-dead",), r"(            - )(dyke-breach: true)\n", r"\1\2\n\1{\2, flash-flood: true}" + "\n"),
    Defect("an alternative stands twice", ("alternative-dead",), r"(            - [a-z-]+: true)\n", r"\1\n\1" + "\n"),
    Defect("all for any", ("contradiction", "alternative-dead"), r"all: \[\{(\w[\w-]*): (\d+人以上)\}", r"all: [{\1: \2}, {\1: 1人以下}"),
    Defect("a definition that nothing uses", ("unused-definition",), r"^define:\n", "define:\n  left-over: {deaths: 3人以上}\n"),
    Defect("a use of a definition is lost", ("unused-definition",), r"            - main-dyke-breach\n", ""),
    Defect("a judgement loses its holder", ("act-without-holder",), r"(judged: \{id: [\w-]+, what: [^,{}]+), by: [\w-]+\}", r"\1}"),
    # how a response is raised, lowered, ended
    Defect("raised by five", ("raise-too-far",), r"^lower: ", unless("raise-by", "raise-by: {when: {during: night}, by: 5}\nlower: ")),
    Defect("the end is lost", ("no-end",), r"^end: .*\n", ""),
    Defect("lowering is lost", ("no-lower",), r"^lower: .*\n", ""),
    Defect("an end at the figures of a level", ("end-while-level",), r"end: \{when: \{drought-grade: no-drought, ", "end: {when: {drought-grade: [no-drought, light-drought], "),
    Defect("an end at twice the bound", ("end-while-level",), r"(ponding-depth: < )15( cm, ponding-points: = 0)", r"\g<1>60\2"),
    # who decides
    Defect("the worst level goes to the office", ("approver-lower",), r"(level: I\n\s+(?:verb: must\n\s+)?propose: ([\w]+)-office\n\s+approve: )\{post: [\w-]+", r"\1{post: \2-office-director"),
    Defect("the mildest level goes to the mayor", ("approver-lower",), r"(level: IV\n\s+propose: [\w-]+\n\s+approve: )\{post: [\w-]+\}", r"\1{post: mayor}"),
    Defect("an approver is lost", ("level-without-approver",), r"(level: II\n\s+propose: [\w-]+\n)\s+approve: .*\n", r"\1"),
    # limits and order
    Defect("an action loses its limit", ("action-without-limit",), r"(from: \w+, executor: [\w-]+, do: [^,{}]+), within: [^,]+, of: start", r"\1"),
    Defect("a limit counts from another action", ("anchor-never", "cyclic-reference"), r"(track: flood, from: IV, [^\n]*, of: )start", r"\1done.close-breach"),
    Defect("a first response counts from the start", ("anchor-never",), r"(mode: first-response, [^\n]*, of: )receipt", r"\1start"),
    Defect("a prerequisite has more time", ("prerequisite-later",), r"(id: flood-duty, [^\n]*within: )30 min", r"\g<1>30 h"),
    Defect("a prerequisite begins at the worst level", ("prerequisite-elsewhere", "anchor-never"), r"(id: (?:flood-consultation|open-shelters|committee-duty), (?:track: flood, )?from: )\w+", r"\1I"),
    Defect("a prerequisite is itself", ("cyclic-reference",), r"(id: )([\w-]+)(, [^\n]*after: \[)[\w-]+", r"\1\2\3\2"),
    Defect("only at the mildest level", ("action-dropped",), r"from: IV(?=, executor: [\w-]+, do)", "levels: [IV]"),
    Defect("a level that is not there", ("action-never", "unknown-level", "action-dropped"), r"from: III(?=, executor: [\w-]+, do: (?:停止|按减排))", "levels: [IV]"),
    Defect("a repeat loses its end", ("repeat-without-until",), r", until: 响应终止", ""),
    Defect("minutes become hours", (), r"within: (\d+) min", r"within: \1 h"),
    # bodies
    Defect("a body is called as before its reform", ("agency-abolished",), r"(propose|office): disaster-committee-office", r"\1: disaster-reduction-committee"),
    Defect("an executor was abolished", ("agency-abolished",), r"executor: disaster-committee-office", "executor: disaster-reduction-committee"),
    Defect("a text names a former body", ("former-name",), r"do: (组织|通知|发布)", r"do: 会同安监局\1"),
    Defect("a member has nothing to do", ("member-idle",), r"^members:\n", "members:\n  - {agency: statistics-bureau, role: support, duties: [统计]}\n"),
    Defect("a member loses its duties", ("member-without-duties",), r"(\{agency: [\w-]+, role: support), duties: \[[^\]]*\]", r"\1"),
    Defect("an executor is no member", ("executor-no-member",), ACTION + r"[\w-]+", unless("statistics-bureau", r"\1statistics-bureau")),
    Defect("a request becomes an order", ("only-requested",), r"mode: request", "mode: order"),
    Defect("a name is misspelt", ("unknown-provider", "unknown-agency"), r"executor: ([a-z]+)-bureau", r"executor: \1-bureu"),
    # reports and releases
    Defect("a report to oneself", ("report-to-oneself",), r"by: ([\w-]+), to: [\w-]+, within", r"by: \1, to: \1, within"),
    Defect("the only report upward goes home", ("no-report-upward",), r"to: chujiang-ecology-department, within: 2 h, of: start", "to: linjiang-government, within: 2 h, of: start"),
    Defect("a report has more time than the law gives", ("report-looser",), r"(by: (?!emergency-committee)[\w-]+, to: chujiang-[\w-]+, within: )\d (h, of: receipt)", r"\g<1>9 \2"),
    Defect("a chain of reports takes too long", ("report-chain-late",), r"^reports:\n", "reports:\n  - {id: chain-county, by: {role: county-emergency}, to: transport-bureau, within: 2 h, of: receipt}\n  - {id: chain-city, by: transport-bureau, to: chujiang-transport-department, within: 1 h, of: occurrence}\n"),
    Defect("nobody approves a release", ("release-without-approver",), r"(  body: [\w-]+\n)  approve: .*\n", r"\1"),
    Defect("the first release is late", ("release-late",), r"first-within: \d+ h", "first-within: 50 h"),
    Defect("the conference is late", ("release-late",), r"conference-within: 24 h", "conference-within: 3 d"),
    Defect("nobody informs the public", ("no-release",), r"^information:\n(?:  .*\n)+", unless("kind: departmental", "")),  # which need not
    # links and copies
    Defect("a link to oneself", ("activates-itself",), r"(track: flood, from: I+V?, )activate: [\w-]+", r"\1activate: flood/flood"),
    Defect("a link is lost", (), r"  - \{(?:track: \w+, )?from: \w+, activate: .*\n", ""),
    Defect("an action of another plan", ("copied-text",), r"^actions:\n", "actions:\n  - {id: taken-over, from: II, executor: emergency-bureau, do: 开放避难场所并公布位置，登记首批群众, within: 2 h, of: start}\n  - {id: taken-along, from: II, executor: grain-reserves-bureau, do: 向超警堤段前置编织袋、块石和救生器材, within: 4 h, of: start}\n"),
    Defect("goods of another plan", ("resource-twice",), r"^resources:\n", "resources:\n  - {id: sandbags, quantity: 500000 条, held-by: grain-reserves-bureau, at: jiangbei-district}\n"),
    Defect("the name of another plan", ("plan-twice", "ambiguous-name"), r"^label: \{zh: 临江市(?!地震)\w+预案", "label: {zh: 临江市地震应急预案"),
    # what it rests on, and its upkeep
    Defect("a law that was replaced", ("source-ended",), r"source: emergency-response-law-2024", "source: emergency-response-law-2007"),
    Defect("an upper plan that was replaced", ("source-ended",), r"source: national-general-plan-2025", "source: national-general-plan-2005"),
    Defect("a clause of another plan", ("basis-other-plan",), r"source: linjiang-(?:flood|waterlogging|chemicals)-plan, clause", "source: linjiang-relief-plan, clause"),
    Defect("one clause twice", ("clause-twice",), r'clause: "4\.2\.3"(?=, own-choice: true\}\n        when)', 'clause: "4.2.1"'),
    Defect("assessed four years earlier", ("plan-unassessed",), r"(assessed: )(\d{4})(-\d\d-\d\d)", years_ago),
    Defect("exercised four years earlier", ("plan-unexercised",), r"(exercised: )(\d{4})(-\d\d-\d\d)", years_ago),
    # words
    Defect("another city", ("other-place",), r"do: (组织|发布|派出|开放)", r"do: 请武汉市\1"),
    Defect("nobody in particular", ("vague-duty",), r"do: (组织|发布|派出|开放)", r"do: 督促有关部门\1"),
    Defect("at nobody's discretion", ("vague-duty",), r"do: (开放|发布|备足|派出)", r"do: 视情\1"),
)  # fmt: skip


class Place(NamedTuple):
    """One text of the library with one slip in it."""

    file: Path
    content: bytes
    line: int


def places(defect: Defect, texts: dict[Path, str]) -> Iterator[Place]:
    pattern = re.compile(defect.pattern, re.MULTILINE)
    for file, text in texts.items():
        for match in pattern.finditer(text):
            written = defect.replacement
            new = written(match) if callable(written) else match.expand(written)
            if new == match[0]:
                continue
            changed = text[: match.start()] + new + text[match.end() :]
            yield Place(file, changed.encode(), text.count("\n", 0, match.start()) + 1)


def findings(contents: dict[Path, bytes]) -> set[tuple[str, str]]:
    entities, found, sources = read_library(ROOT, contents=contents)
    every: list[Diagnostic] = list(found)
    if entities is not None and not any(one.severity == "error" for one in found):
        every = list(Library(entities, tuple(found), sources).check(at=TODAY))
    return {(one.code, one.message) for one in every}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    files = (path for path in sorted((ROOT / "plans").rglob("*.yaml")) if not is_test(path))
    texts = {path: path.read_text("utf-8") for path in files}
    clean = findings({})
    print(f"{'slip':58}{'places':>7}{'tried':>6}{'found':>6}{'other':>6}")
    claimed = seen = others = 0
    for defect in DEFECTS:
        if options.only not in defect.name:
            continue
        every = list(places(defect, texts))
        drawn = random.Random(f"{options.seed} {defect.name}").sample(
            every, min(options.most, len(every))
        )
        found = other = 0
        missed: list[str] = []
        for place in drawn:
            new = findings({place.file: place.content}) - clean
            codes = {code for code, _ in new}
            found += bool(codes & set(defect.codes or codes))
            extra = sorted(codes - set(defect.codes)) if defect.codes else []
            other += len(extra)
            if defect.codes and not codes & set(defect.codes):
                missed.append(f"    missed at {place.file.relative_to(ROOT)}:{place.line}")
            missed += [
                f"    {code} at {place.file.relative_to(ROOT)}:{place.line}" for code in extra
            ]
        print(f"{defect.name:58}{len(every):7}{len(drawn):6}{found:6}{other:6}", flush=True)
        print("\n".join(missed), end="\n" if missed else "", flush=True)
        if defect.codes:
            claimed, seen, others = claimed + len(drawn), seen + found, others + other
    share = 100 * seen / max(claimed, 1)
    print(f"found {seen} of {claimed} ({share:.0f} %), {others} other findings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
