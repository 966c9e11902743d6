"""Links the units that vocabularies declare: currencies, counters, and so many of another unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.values.amounts import Measure, read_amount
from planengine.values.dialect import Dialect
from planengine.values.numbers import NUMBER_CHARACTERS, plain_text
from planengine.values.unit_table import COUNTED, MONEY, Unit
from planengine.values.units import unit_of
from planengine.values.wording import NotABoundError

if TYPE_CHECKING:
    from planengine.model.vocabulary import UnitModel, VocabularyModel
    from planengine.reading.validate import Name

_SPELLING = re.compile(rf"[^\s@\[\]()<>≥≤=≠,;:+{NUMBER_CHARACTERS}-][^@\[\]()<>≥≤=≠,;:+0-9]*")


def link_units(
    parts: Iterable[VocabularyModel], dialect: Dialect, findings: list[Diagnostic]
) -> Dialect:
    """The dialect with every unit that the vocabularies declare, by each of its spellings."""
    written = {name: model for part in parts for name, model in part.units.items()}
    waiting = {n: m for n, m in written.items() if (m.is_ is None) != (m.equals is None)}
    findings += [
        finding("one-of", name.span, keys=("is", "equals"))
        for name in written
        if name not in waiting
    ]
    units: dict[str, Unit] = {}
    while waiting:
        here = Dialect(dialect.languages, units)
        linked = {
            name: unit
            for name, model in waiting.items()
            if (unit := _unit(str(name), model, here)) is not None
        }
        if not linked:
            findings += [_unreadable(name, model) for name, model in waiting.items()]
            break
        for name, unit in linked.items():
            _add(name, waiting.pop(name), unit, units, findings)
    return Dialect(dialect.languages, units)


def _unit(name: str, model: UnitModel, dialect: Dialect) -> Unit | None:
    """What a unit measures; None while what it equals is not known."""
    if model.is_ is not None:
        kind = MONEY if model.is_ == "money" else COUNTED
        return Unit(f"{kind}{name}", Fraction(1), None)
    try:
        text = plain_text(model.equals or "")
        amount = read_amount(text, text, Measure(None, dialect=dialect))
    except NotABoundError:
        return None
    base = unit_of(amount.unit, dialect.units)
    if base is None or amount.number <= 0:
        return None
    return Unit(base.dimension, base.factor * amount.number, None)


def _add(
    name: Name,
    model: UnitModel,
    unit: Unit,
    units: dict[str, Unit],
    findings: list[Diagnostic],
) -> None:
    spellings = (str(name), *(str(text) for text in model.label.values()), *map(str, model.aliases))
    for spelling in dict.fromkeys(spellings):
        reason = None
        if unit_of(spelling, {}) is not None:
            reason = Text(f"`{spelling}` is one already", f"`{spelling}` 已是单位")
        elif units.get(spelling, unit) != unit:
            reason = Text(f"`{spelling}` is another one too", f"`{spelling}` 也是另一单位")
        elif not _SPELLING.fullmatch(spelling):
            reason = Text(
                f"`{spelling}` holds digits or signs of bounds", f"`{spelling}` 含数字或界限符号"
            )
        if reason is not None:
            findings.append(finding("bad-unit", name.span, name=str(name), reason=reason))
            continue
        units[spelling] = unit


def _unreadable(name: Name, model: UnitModel) -> Diagnostic:
    text = str(model.equals)
    reason = Text(
        f"`{text}` is no amount of a unit of the table or of the vocabulary",
        f"`{text}` 不是表内单位或词汇表所声明单位的量",
    )
    span = model.equals.span if model.equals is not None else name.span
    return finding("bad-unit", span, name=str(name), reason=reason)
