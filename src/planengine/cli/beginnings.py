"""What `planengine new` writes, and where."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from planengine.cli.common import fail, find_library, library_near, load_library
from planengine.cli.language import Language, Say, speaker
from planengine.cli.times import now, time_of
from planengine.cli.writing import write_new

if TYPE_CHECKING:
    from planengine.cli.starters.documents import Draft
    from planengine.domain.entities import Entities

MOST_NAMED = 12


def new_library(
    folder: Path, name: str | None, label: str, province: str, zone: str, language: Language
) -> None:
    from planengine.cli.starters.city import City, files_of
    from planengine.linking.library.ids import is_id, kebab_case
    from planengine.values.times import is_zone, local

    say = speaker(language)
    home = name or kebab_case(folder.resolve().name) or "my-city"
    _check_id(home, is_id(home), say)
    if not is_zone(zone):
        raise click.UsageError(say(f"没有时区 {zone}", f"there is no time zone {zone}"))
    day = local(now(), zone).date().isoformat()
    city = City(home, label, province, zone, day, language)
    files = files_of(city)
    _try_out(files, language)
    write_new({folder / path: text for path, text in files.items()}, say)
    click.echo(
        say(
            f"试一试：planengine assess {folder / 'incidents/example.yaml'}",
            f"Try: planengine assess {folder / 'incidents/example.yaml'}",
        )
    )


def _try_out(files: Mapping[str, str], language: Language) -> None:
    """Wrong use where the library would have errors: its id is one that the nation has."""
    from planengine.linking.load import read_library

    say = speaker(language)
    with TemporaryDirectory(prefix="planengine-") as name:
        folder = Path(name)
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        _, findings, _ = read_library(folder)
    wrong = next((one for one in findings if one.severity == "error"), None)
    if wrong is not None:
        told = wrong.message_in(language)
        raise click.UsageError(
            say(
                f"这样建不成库：{told}；用 --name 或 --label 换一个",
                f"that makes no library: {told}; give another --name or --label",
            )
        )


def new_plan(
    name: str,
    hazard: str,
    area: str | None,
    label: str | None,
    output: Path | None,
    kind: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.starters.documents import plan_text
    from planengine.domain.vocabulary import scale_for

    say = speaker(language)
    root = find_library(folder, say, library_near(output) if output else None)
    entities = load_library(root, language).entities
    draft = _draft(name, hazard, area, label, entities, language, ("应急预案", "plan"))
    kinds = [one.id for one in entities.plan_kinds]
    usual = kind or ("special" if "special" in kinds or not kinds else kinds[0])
    known_kind = _named(entities, "plan-kind", usual, "--kind", say)
    scale = scale_for("response", entities.scales)
    if scale is None:
        raise click.UsageError(
            say(
                "库中没有响应级别（带 is: response 的尺度）",
                "the library has no scale that is declared `is: response`",
            )
        )
    approver = _approver(entities, draft.area, say)
    text = plan_text(draft, known_kind, scale, approver, entities)
    _write_document(root, output or _place(root, "plans", name), text, language)


def new_standard(
    name: str,
    hazard: str,
    area: str | None,
    label: str | None,
    output: Path | None,
    scale: str,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.starters.documents import standard_text

    say = speaker(language)
    root = find_library(folder, say, library_near(output) if output else None)
    entities = load_library(root, language).entities
    draft = _draft(name, hazard, area, label, entities, language, ("分级标准", "grades"))
    text = standard_text(draft, _named(entities, "scale", scale, "--scale", say), entities)
    _write_document(root, output or _place(root, "standards", name), text, language)


def new_incident(
    file: Path | None,
    hazard: str,
    area: str | None,
    at: str | None,
    folder: Path | None,
    language: Language,
) -> None:
    from planengine.cli.starters.incident import Report, incident_text
    from planengine.facade import Engine
    from planengine.linking.library.ids import kebab_case
    from planengine.rules.reads import facts_expected, facts_read_at_first
    from planengine.rules.select import select
    from planengine.values.times import local

    say = speaker(language)
    root = find_library(folder, say, library_near(file) if file else None)
    library = load_library(root, language)
    entities = library.entities
    zone, when = entities.time_zone, now()
    if at is not None:
        when = time_of(at, "--at", zone, say, latest=when)
    known = _named(entities, "hazard", hazard, "--hazard", say)
    place = entities.home if area is None else _named(entities, "jurisdiction", area, "--area", say)
    stem = f"{known}-{local(when, zone):%Y%m%d-%H%M}"
    path = file or Path(f"{stem}.yaml")
    rules = select(Engine(library, "kernel").rules_at(when), (known,))
    report = Report(
        id=kebab_case(path.stem) or stem,
        hazard=known,
        area=place,
        at=when,
        language=language,
        read=facts_read_at_first(rules, entities),
        expected=facts_expected(rules, entities),
    )
    write_new({path: incident_text(report, entities, path.as_posix())}, say)


def _named(entities: Entities, kind: str, text: str, option: str, say: Say) -> str:
    """The id of what an option names; wrong use where it names nothing, or several."""
    found = entities.names.find(kind, text)
    if len(found) == 1:
        return found[0]
    nearest = entities.names.suggest(kind, text)
    if found:
        meant = say("、", ", ").join(found)
        hint = say(f"，可指 {meant}", f" may mean {meant}")
    elif nearest:
        hint = say(
            f"：库中没有；是否要写 {nearest}？", f" is not in the library: did you mean {nearest}?"
        )
    else:
        hint = say("：库中没有", " is not in the library") + _those_there_are(entities, kind, say)
    raise click.UsageError(say(f"{option} 的“{text}”{hint}", f"{option}: `{text}`{hint}"))


def _those_there_are(entities: Entities, kind: str, say: Say) -> str:
    """The ids of a kind, where they are few."""
    there = sorted(
        {one for found in entities.names.spellings.get(kind, {}).values() for one in found}
    )
    if not 0 < len(there) <= MOST_NAMED:
        return ""
    return say(f"；有 {'、'.join(there)}", f", which has {', '.join(there)}")


def _check_id(text: str, is_good: bool, say: Say) -> None:
    if not is_good:
        raise click.UsageError(
            say(
                f"id 写小写英文、数字和连字符，如 flood-2026，不能是“{text}”",
                f"`{text}` is no id: write lower-case letters, digits and hyphens, as flood-2026",
            )
        )


def _draft(
    name: str,
    hazard: str,
    area: str | None,
    label: str | None,
    entities: Entities,
    language: Language,
    title: tuple[str, str],
) -> Draft:
    """What a new document is made from; `title` ends its label where none is given."""
    from planengine.assessment.words import Words
    from planengine.cli.starters.documents import Draft
    from planengine.linking.library.ids import is_id
    from planengine.values.times import local

    say = speaker(language)
    _check_id(name, is_id(name), say)
    known = _named(entities, "hazard", hazard, "--hazard", say)
    place = entities.home if area is None else _named(entities, "jurisdiction", area, "--area", say)
    day = local(now(), entities.time_zone).date().isoformat()
    lead = _lead(entities, place, say)
    words = Words(entities, language)
    about = words.place(place), words.hazard(known)
    default = say("".join(about), " ".join(about) + " ") + say(*title)
    return Draft(name, label or default, known, place, lead, day, language)


def _lead(entities: Entities, area: str, say: Say) -> str:
    """The emergency authority of an area, else its first body."""
    bodies = [
        one for one in entities.agencies.values() if one.area == area and one.period.contains(now())
    ]
    found = next((one for one in bodies if one.function == "emergency"), None)
    if found is None and not bodies:
        raise click.UsageError(
            say(
                f"库中没有登记 {area} 的机构：先在 registry 中登记牵头单位",
                f"the library has no body of {area}: declare who leads in a registry first",
            )
        )
    return (found or bodies[0]).id


def _approver(entities: Entities, area: str, say: Say) -> str:
    """A post of the government of an area, else of any of its bodies."""
    posts = [
        (body.function != "government", place, post.id)
        for place, post in enumerate(entities.posts.values())
        if (body := entities.agencies.get(post.body)) is not None and body.area == area
    ]
    if not posts:
        raise click.UsageError(
            say(
                f"库中没有登记 {area} 的岗位：先在 registry 中登记谁批准启动",
                f"the library has no post in {area}: declare who approves in a registry first",
            )
        )
    return min(posts)[2]


def _place(root: Path, folder: str, name: str) -> Path:
    """A file in the included folder of that name, else in the first one that is included."""
    from planengine.linking.manifest import included, included_at, manifest_of
    from planengine.reading.contents import content_of

    manifest = manifest_of(root)
    content = content_of(manifest) if manifest is not None else None
    assert manifest is not None
    assert content is not None  # the library was loaded from it
    places = (included_at(one, manifest.parent) for one in included(content))
    own = [one.path for one in places if one and not one.is_packaged and one.path.is_dir()]
    chosen = next((one for one in own if one.name == folder), own[0] if own else manifest.parent)
    return chosen / f"{name}.yaml"


def _write_document(root: Path, path: Path, text: str, language: Language) -> None:
    """Write a document that the library takes; else its findings, and nothing is written."""
    from planengine.facade import Library
    from planengine.linking.load import read_library
    from planengine.linking.manifest import included, library_files, manifest_of
    from planengine.reading.contents import content_of

    say = speaker(language)
    entities, findings, texts = read_library(root, extra=(path,), contents={path: text.encode()})
    errors = [one for one in findings if one.severity == "error"]
    if entities is not None and not errors:
        found = Library(entities, tuple(findings), texts).check()
        errors = [one for one in found if one.severity == "error"]
    if errors:
        fail(errors, texts, language)
    write_new({path: text}, say)
    manifest = manifest_of(root)
    content = content_of(manifest) if manifest is not None else None
    if manifest is not None and content is not None:
        known = {one.resolve() for one in library_files(manifest, included(content))}
        if path.resolve() not in known:
            click.echo(
                say(
                    f"尚未入库：在 {manifest} 的 include 中加上它",
                    f"not part of the library yet: add it to `include` in {manifest}",
                )
            )
