"""An editor for tests: speaks with a server that runs as a process of its own, over stdio."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path, to_fs_path

T = TypeVar("T")
PATIENCE = 60.0  # seconds; only what fails waits so long


class Editor:
    """Opens files, types in them, asks about places, and keeps what the server publishes."""

    def __init__(
        self, language: str = "en", folders: tuple[Path, ...] = (), **options: Any
    ) -> None:
        self.published: dict[Path, list[lsp.Diagnostic]] = {}
        self.times: dict[Path, float] = {}
        self.logged: list[str] = []
        self._texts: dict[Path, str] = {}
        self._versions: dict[Path, int] = {}
        self._loop = asyncio.new_event_loop()
        self._client = LanguageClient("tests", "1")
        self._client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self._take(params)  # noqa: PLW0108 - pygls marks a function, no method
        )
        self._client.feature(lsp.WINDOW_LOG_MESSAGE)(lambda said: self.logged.append(said.message))
        self._run(self._begin(language, folders, options))

    async def _begin(
        self, language: str, folders: tuple[Path, ...], options: dict[str, Any]
    ) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        await self._client.start_io(sys.executable, "-m", "planengine", "lsp", env=env)
        capabilities = options.pop("capabilities", lsp.ClientCapabilities())
        self.initialized = await self._client.initialize_async(
            lsp.InitializeParams(
                capabilities=capabilities,
                workspace_folders=[lsp.WorkspaceFolder(uri(one), one.name) for one in folders],
                initialization_options={"language": language, **options},
            )
        )
        self._client.initialized(lsp.InitializedParams())

    def _take(self, params: lsp.PublishDiagnosticsParams) -> None:
        path = Path(to_fs_path(params.uri) or "")
        self.published[path] = list(params.diagnostics)
        self.times[path] = time.perf_counter()

    def _run(self, work: Awaitable[T]) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    def open(self, path: Path, text: str | None = None) -> None:
        self._texts[path] = path.read_text(encoding="utf-8") if text is None else text
        self._versions[path] = 1
        item = lsp.TextDocumentItem(uri(path), "yaml", 1, self._texts[path])
        self._client.text_document_did_open(lsp.DidOpenTextDocumentParams(item))

    def write(self, path: Path, text: str) -> None:
        self._texts[path] = text
        self._versions[path] += 1
        identifier = lsp.VersionedTextDocumentIdentifier(self._versions[path], uri(path))
        change = lsp.TextDocumentContentChangeWholeDocument(text)
        self._client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, [change]))

    def replace(self, path: Path, old: str, new: str) -> None:
        assert self._texts[path].count(old) == 1, (old, self._texts[path].count(old))
        self.write(path, self._texts[path].replace(old, new))

    def text(self, path: Path) -> str:
        return self._texts[path]

    def close(self, path: Path) -> None:
        self._client.text_document_did_close(lsp.DidCloseTextDocumentParams(document(path)))

    def close_all(self) -> None:
        """Close what is open and forget what was told."""
        for path in self._texts:
            self.close(path)
        self._texts.clear()
        self._run(asyncio.sleep(0))
        self.published.clear()
        self.logged.clear()

    def files_changed(self, *paths: Path) -> None:
        changes = [lsp.FileEvent(uri(path), lsp.FileChangeType.Changed) for path in paths]
        self._client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes))

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Until something is so."""

        async def waiting() -> None:
            while not is_so():  # noqa: ASYNC110 - what comes is no event
                await asyncio.sleep(0.01)

        self._run(waiting())

    def told(self, path: Path) -> list[str]:
        """Line:column, in the editor's own counting from 0, and code of each finding."""
        return [
            f"{one.range.start.line}:{one.range.start.character}-{one.range.end.character} {one.code}"
            for one in self.published.get(path, [])
        ]

    def wait_for(self, path: Path, told: list[str]) -> None:
        with suppress(TimeoutError):
            self.wait(lambda: path in self.published and self.told(path) == told)
        assert self.told(path) == told

    def ask(self, method: str, params: Any) -> Any:
        async def asking() -> Any:
            return await self._client.protocol.send_request_async(method, params)

        return self._run(asking())

    def complete(self, path: Path, marked: str) -> list[lsp.CompletionItem]:
        """What is offered right after a text."""
        place = self.at(path, marked, len(marked))
        params = lsp.CompletionParams(document(path), place)
        return list(self.ask(lsp.TEXT_DOCUMENT_COMPLETION, params).items)

    def hover(self, path: Path, marked: str, after: int | None = None) -> str | None:
        params = lsp.HoverParams(document(path), self.at(path, marked, after))
        found = self.ask(lsp.TEXT_DOCUMENT_HOVER, params)
        return found.contents.value if found is not None else None

    def definition(self, path: Path, marked: str, after: int | None = None) -> list[str]:
        params = lsp.DefinitionParams(document(path), self.at(path, marked, after))
        return places(self.ask(lsp.TEXT_DOCUMENT_DEFINITION, params))

    def references(self, path: Path, marked: str, after: int | None = None) -> list[str]:
        params = lsp.ReferenceParams(
            lsp.ReferenceContext(True), document(path), self.at(path, marked, after)
        )
        return places(self.ask(lsp.TEXT_DOCUMENT_REFERENCES, params))

    def symbols(self, path: Path) -> list[lsp.DocumentSymbol]:
        params = lsp.DocumentSymbolParams(document(path))
        return list(self.ask(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL, params))

    def at(self, path: Path, marked: str, after: int | None = None) -> lsp.Position:
        """The place in the middle of a text that stands once in a file (or `after` characters of it)."""
        text = self._texts[path]
        assert text.count(marked) == 1, (marked, text.count(marked))
        index = text.index(marked) + (len(marked) // 2 if after is None else after)
        before = text[:index]
        line = before.count("\n")
        units = len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        return lsp.Position(line, units)

    def end(self) -> None:
        async def ending() -> None:
            await self._client.shutdown_async(None)
            self._client.exit(None)
            await self._client.stop()

        self._run(ending())
        self._loop.close()


def places(locations: list[lsp.Location]) -> list[str]:
    """File name, line and columns from 0."""
    return [
        f"{Path(to_fs_path(one.uri) or '').name}:{one.range.start.line}:"
        f"{one.range.start.character}-{one.range.end.character}"
        for one in locations or ()
    ]


def uri(path: Path) -> str:
    made = from_fs_path(str(path))
    assert made is not None
    return made


def document(path: Path) -> lsp.TextDocumentIdentifier:
    return lsp.TextDocumentIdentifier(uri(path))
