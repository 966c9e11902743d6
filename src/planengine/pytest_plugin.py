"""The plugin for pytest: `*.test.yaml` files are collected, each case is a test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from planengine.facade import Engine
    from planengine.scenarios.run import Result
    from planengine.scenarios.suites import Case, Suite

_ENDING = ".test.yaml"
_ENGINES = pytest.StashKey["dict[Path, Any]"]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A file of tests; any other is left to others, who may use this ending too."""
    if file_path.name.endswith(_ENDING) and _is_ours(file_path):
        file: pytest.Collector = ScenarioFile.from_parent(parent, path=file_path)
        return file
    return None


def _is_ours(path: Path) -> bool:
    """Whether a file begins as tests do, or belongs to a library."""
    from planengine.linking.incidents.files import begins
    from planengine.linking.manifest import manifest_of

    text = path.read_text(encoding="utf-8", errors="replace")
    return begins(text, "test") or manifest_of(path) is not None


class ScenarioFile(pytest.File):
    """The cases of a file, by the library that is nearest upwards."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each case; an error in the file is told with its place."""
        from planengine.scenarios.read import read_suite

        engine = _engine(self.path, self.config)
        findings: list[Any] = []
        suite = read_suite(self.path, engine.library.entities, findings)
        errors = [one for one in dict.fromkeys(findings) if one.severity == "error"]
        if errors or suite is None:
            raise self.CollectError("\n".join(map(str, errors)))
        for case in suite.cases:
            yield ScenarioItem.from_parent(
                self, name=case.name, suite=suite, case=case, engine=engine
            )


class ScenarioItem(pytest.Item):
    """One case at all of its moments."""

    def __init__(self, *, suite: Suite, case: Case, engine: Engine, **rest: Any) -> None:  # noqa: ANN401 - pytest's
        super().__init__(**rest)
        self.suite = suite
        self.case = case
        self.engine = engine

    def runtest(self) -> None:
        """Run the case; raises where something does not hold, or nobody has confirmed it."""
        from msgspec.structs import replace

        from planengine.scenarios.run import run

        results = [*run([replace(self.suite, cases=(self.case,))], self.engine)]
        if any(result.state != "passed" for result in results):
            raise NotAsExpectedError(results)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's
        """What `planengine test` would show of it."""
        if not isinstance(excinfo.value, NotAsExpectedError):
            return super().repr_failure(excinfo, style)
        from planengine.language import locale_language
        from planengine.scenarios.view import show_results
        from planengine.scenarios.words import Telling
        from planengine.screens.screen import Screen

        screen = Screen(_WIDTH, colour=False)
        telling = Telling(self.engine.library.entities, locale_language())
        show_results(excinfo.value.results, telling, screen)
        return screen.text()

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands."""
        return self.path, self.case.span.line - 1, f"{self.suite.name} › {self.name}"


_WIDTH = 100


class NotAsExpectedError(Exception):
    """A case that is not as expected, with its results."""

    def __init__(self, results: list[Result]) -> None:
        super().__init__(f"{sum(one.state != 'passed' for one in results)} not as expected")
        self.results = results


def _engine(path: Path, config: pytest.Config) -> Engine:
    """The engine of the library nearest upwards, made once in a session."""
    from planengine.diagnostics import PlanError
    from planengine.facade import load
    from planengine.linking.manifest import manifest_of

    manifest = manifest_of(path)
    if manifest is None:
        raise pytest.Collector.CollectError(f"there is no planengine.yaml at or above {path}")
    engines = config.stash.setdefault(_ENGINES, {})
    if manifest not in engines:
        try:
            engines[manifest] = load(manifest.parent).compile()
        except PlanError as error:
            raise pytest.Collector.CollectError(str(error)) from error
    engine: Engine = engines[manifest]
    return engine
