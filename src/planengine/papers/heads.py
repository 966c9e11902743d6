"""What every paper begins and ends with, and what its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.papers.parts import Clause, Head, PaperKind, Sentence
from planengine.papers.wording import Wording

NUMBER = "＿＿＿〔　　　　〕＿＿号", "No. ＿＿＿＿＿＿"
LONGEST_STEM = 60
_UNFIT = re.compile(r"[^\w（）()·、-]+")


def head(
    assessment: Assessment,
    wording: Wording,
    kind: PaperKind,
    title: str,
    *,
    state: str,
    file: str,
    addressees: Iterable[str] = (),
    copies: Iterable[str] = (),
    sender: str = "",
    warnings: Iterable[Sentence] = (),
    body: object = (),
) -> Head:
    """The head of a paper; `body` is what else it says, searched for unverified figures."""
    banner = banner_of(assessment, wording)
    prefix = f"{banner.replace('　', '')}-" if banner else ""
    return Head(
        kind=kind,
        language=wording.language,
        title=title,
        banner=banner,
        translation=wording.say(
            "",
            "Working translation. The Chinese paper is the one that is signed; what stands in "
            "quotes in Chinese is in the plan's own words.",
        ),
        state=state,
        number=wording.say(*NUMBER),
        addressees=tuple(dict.fromkeys(addressees)),
        copies=tuple(dict.fromkeys(copies)),
        sender=sender,
        date=wording.date(assessment.at),
        as_of=wording.time(assessment.at, year=True),
        stem=prefix + stem(wording.say(file, file.replace(" ", "-"))),
        warnings=tuple(warnings),
        unverified=any(clause.unverified for clause in _clauses(body)),
    )


def banner_of(assessment: Assessment, wording: Wording) -> str:
    """演　练 or 测　试 where anything of it is not actual; else ''."""
    if not assessment.tainted:
        return ""
    if assessment.status == "test":
        return wording.say("测　试", "TEST")
    return wording.say("演　练", "EXERCISE")


def stem(text: str) -> str:
    """A text as the name of a file: nothing in it that a file system or a shell reads."""
    fit = _UNFIT.sub("", text)
    return fit[: LONGEST_STEM * 2 if fit.isascii() else LONGEST_STEM] or "文稿"


def _clauses(part: object) -> Iterator[Clause]:
    if isinstance(part, Clause):
        yield part
    elif isinstance(part, tuple | list):
        for one in part:
            yield from _clauses(one)
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            yield from _clauses(getattr(part, name))
