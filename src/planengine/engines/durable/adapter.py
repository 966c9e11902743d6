"""The narrow adapter over the C extension of durable_rules 2.0.28: facts in, rule names out.

It uses the extension's raw calls only (the package's own Host starts threads that never
stop and swallows exceptions), and only what DURABLE.md measured to be sound: facts, never
events; one state that is made for a decision and deleted after it; a boot message first,
so that deleting is safe; every activation collected before anything is done about it.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from types import ModuleType
from typing import TypeAlias

from planengine.diagnostics.code import Text
from planengine.engines import EngineRefusal

Number: TypeAlias = int | float
Fact: TypeAlias = Mapping[str, Number]
Json: TypeAlias = Number | str | Sequence["Json"] | Mapping[str, "Json"]

ACTIVATIONS = 100_000
"""How many activations one message may cause before we take it for a runaway."""

BOOT = "boot"
"""The rule that the first message of every state fires; rules must not be named so."""

_SID = "1"
_DONE = 0
_NOT_HANDLED = 1


class DurableUnavailable(EngineRefusal):  # it says what is the matter, not "Error"
    """The durable_rules extension is not installed here, or cannot run here."""


class DurableFailure(EngineRefusal):
    """durable_rules broke one of the promises that this adapter checks."""


def extension() -> ModuleType:
    """The C extension. Raises DurableUnavailable, saying what to do."""
    try:
        import durable_rules_engine
    except ImportError as problem:
        raise DurableUnavailable(
            Text(
                'the durable engine needs durable_rules: pip install "planengine[durable]"'
                " (its released extension needs a C compiler, and Python below 3.13)",
                'durable 引擎需要 durable_rules：pip install "planengine[durable]"'
                "（其扩展需要 C 编译器，且 Python 低于 3.13）",
            )
        ) from problem
    if locale.localeconv()["decimal_point"] != ".":
        raise DurableUnavailable(
            Text(
                "durable_rules reads numbers by the process locale, and this one writes a decimal"
                " comma: set LC_NUMERIC=C",
                "durable_rules 按进程的区域设置读数，而当前设置用逗号作小数点：请设 LC_NUMERIC=C",
            )
        )
    module: ModuleType = durable_rules_engine
    return module


def json_text(value: Json) -> str:
    """JSON as the extension reads it right: no exponents, names and words in plain ASCII.

    Raises ValueError for a number that is not finite or not exact, and for other text.
    """
    if isinstance(value, str):
        if not (value.isascii() and value.replace("$", "").replace("_", "").isalnum()):
            raise ValueError(f"not a name: {value!r}")
        return f'"{value}"'
    if isinstance(value, Mapping):
        inner = ",".join(f"{json_text(key)}:{json_text(item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, Sequence):
        return f"[{','.join(map(json_text, value))}]"
    return number_text(value)


def fact_text(name: str, fact: Fact) -> str:
    """A fact as JSON. Only numbers may be stated: the extension finds "9" greater than 30."""
    inner = "".join(f",{json_text(key)}:{number_text(value)}" for key, value in fact.items())
    return f'{{"id":"{name}","sid":"{_SID}"{inner}}}'


def number_text(value: Number) -> str:
    """A number without an exponent, as durable_rules needs it.

    >>> number_text(1e-07)
    '0.0000001'
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"not a number: {value!r}")  # noqa: TRY004  # checks what is written
    if not -(2**53) <= value <= 2**53:
        raise ValueError(f"not within 2^53: {value!r}")
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    text = repr(float(value))
    return _without_exponent(text) if "e" in text else text


def _without_exponent(text: str) -> str:
    from decimal import Decimal

    return format(Decimal(text), "f")


class Rules:
    """A compiled rule set of the extension, used by one state at a time.

    `definition` maps rule names to antecedents in durable_rules' JSON form. Use it in the
    process that made it, and `close` it when done.
    """

    def __init__(self, name: str, definition: Mapping[str, Json]) -> None:
        self._extension = extension()
        self._lock = Lock()
        self._process = os.getpid()
        whole: dict[str, Json] = {BOOT: {"all": [{"m": {"$boot": 1}}]}, **definition}
        try:
            self._handle: int | None = self._extension.create_ruleset(name, json_text(whole))
        except Exception as problem:
            raise DurableFailure(
                Text(
                    f"durable_rules refused the rule set {name}: {problem}",
                    f"durable_rules 不接受规则集 {name}：{problem}",
                )
            ) from problem

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A fresh state; it is deleted at the end."""
        with self._lock:
            if self._handle is None:
                raise DurableFailure(Text("this rule set is closed", "该规则集已经关闭"))
            if os.getpid() != self._process:
                raise DurableFailure(
                    Text(
                        "a rule set must be made after a fork, not before",
                        "规则集必须在派生进程之后建立，不能在之前",
                    )
                )
            session = Session(self._extension, self._handle)
            session.fired({"$boot": 1}, expected=BOOT)
            try:
                yield session
            finally:
                self._extension.delete_state(self._handle, _SID)

    def close(self) -> None:
        """Frees the extension's memory; closing twice is harmless."""
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is not None and os.getpid() == self._process:
                self._extension.delete_ruleset(handle)


class Session:
    """Working memory for one decision: facts go in, the names of the rules they fire come out."""

    def __init__(self, module: ModuleType, handle: int) -> None:
        self._extension = module
        self._handle = handle
        self._facts = 0

    def fired(self, fact: Fact, *, expected: str | None = None) -> tuple[str, ...]:
        """Asserts a fact, drains all activations, and gives each rule's name once, sorted.

        Raises DurableFailure where the extension reports anything but success.
        """
        self._facts += 1
        text = fact_text(str(self._facts), fact)
        try:
            names = self._asserted(text)
        except DurableFailure:
            raise
        except Exception as problem:
            raise DurableFailure(
                Text(f"durable_rules failed: {problem}", f"durable_rules 出错：{problem}")
            ) from problem
        if expected is not None and names != {expected}:
            fired = ", ".join(sorted(names)) or "-"
            raise DurableFailure(
                Text(
                    f"expected only {expected} to fire, not {fired}",
                    f"应当只触发 {expected}，而不是 {fired}",
                )
            )
        return tuple(sorted(names))

    def _asserted(self, text: str) -> set[str]:
        code, state = self._extension.assert_fact(self._handle, text)
        if code not in {_DONE, _NOT_HANDLED}:
            raise DurableFailure(
                Text(
                    f"durable_rules did not take a fact: code {code}",
                    f"durable_rules 没有接受一个事实：代码 {code}",
                )
            )
        return self._drain(state)

    def _drain(self, state: int) -> set[str]:
        names: set[str] = set()
        started = self._extension.start_action_for_state(self._handle, state)
        if started is None:
            return names
        about, activation = started
        if f'"sid":"{_SID}"' not in about.replace(" ", ""):
            raise DurableFailure(
                Text("durable_rules answered for another state", "durable_rules 答的是另一个状态")
            )
        for _ in range(ACTIVATIONS):
            names.add(activation[2 : activation.index('"', 2)])
            activation = self._extension.complete_and_start_action(self._handle, state)
            if activation is None:
                return names
        raise DurableFailure(
            Text(
                f"more than {ACTIVATIONS} activations of one fact",
                f"一个事实触发了 {ACTIVATIONS} 次以上",
            )
        )
