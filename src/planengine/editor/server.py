"""The language server: what editors ask and are told, over pygls.

Whatever goes wrong here is told to the editor, and the server goes on: an author who types is
never left without it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from planengine.diagnostics import Diagnostic, Language
from planengine.domain.entities import Entities
from planengine.editor import answers
from planengine.editor.answers import Page
from planengine.editor.bench import Bench, Look
from planengine.editor.changes import RefusedError, can_rename, in_order, quick_fixes, rename
from planengine.editor.desk import Desk, Found, text_of
from planengine.editor.positions import Places, places_in
from planengine.editor.published import Publisher, uri_of
from planengine.editor.things import Things
from planengine.language import locale_language

_LOG = logging.getLogger(__name__)
_TRIGGERS = " :@./{[,≥"
_SOON = 0.04  # seconds after a keystroke until the file is read
_LATER = 0.8  # … and until the whole library is checked


class Server(LanguageServer):
    """The state of one editor's session; `asked` is the language of `--lang`."""

    def __init__(self, asked: Language | None = None) -> None:
        super().__init__(
            "planengine",
            version("planengine"),
            text_document_sync_kind=lsp.TextDocumentSyncKind.Full,
        )
        self.asked = asked
        self.language: Language = asked or locale_language()
        self.desk = Desk()
        self._things: Things | None = None
        self._told: dict[Path, tuple[Diagnostic, ...]] = {}
        self._soon: dict[Path, asyncio.TimerHandle] = {}
        self._later: dict[Path, asyncio.TimerHandle] = {}
        self._newest: dict[Path, Look] = {}  # by manifest: an older one is not checked to its end
        self._checking: set[asyncio.Task[None]] = set()

    @property
    def publisher(self) -> Publisher:
        """Turns findings into what this editor takes."""
        return Publisher(self.language, self.places)

    def places(self, file: str) -> Places:
        """The places of a file, as it is in the editor or on the disk."""
        path = Path(file)
        sheet = self.desk.sheets.get(path)
        text = sheet.text if sheet is not None else text_of(path) or ""
        return places_in(text, self.workspace.position_encoding)

    def begin(self, params: lsp.InitializeParams) -> None:
        """Take the language that was asked for: by option, by the editor's setting, its own."""
        options = params.initialization_options
        wanted = options.get("language") if isinstance(options, dict) else None
        for tag in (self.asked, wanted, params.locale):
            if isinstance(tag, str) and tag[:2].lower() in ("zh", "en"):
                self.language = "zh" if tag[:2].lower() == "zh" else "en"
                return

    def changed(self, path: Path) -> None:
        """Read a file again soon; what is waiting for it is put off."""
        waiting = self._soon.pop(path, None)
        if waiting is not None:
            waiting.cancel()
        bench = self.desk.bench(path)
        if bench is not None:
            self._newest.pop(bench.manifest, None)
        loop = asyncio.get_running_loop()
        self._soon[path] = loop.call_later(_SOON, partial(self.guarded, self.refresh, path))

    def refresh(self, path: Path) -> None:
        """Read a file now where it has changed, tell what is found, and check the whole later."""
        waiting = self._soon.pop(path, None)
        if waiting is not None:
            waiting.cancel()
        self.tell(self.desk.read(path))
        bench = self.desk.bench(path)
        if bench is None or bench.seen is None:
            return
        self._newest[bench.manifest] = bench.seen
        later = self._later.pop(bench.manifest, None)
        if later is not None:
            later.cancel()
        loop = asyncio.get_running_loop()
        check = partial(self.guarded, self._check_whole, bench, bench.seen)
        self._later[bench.manifest] = loop.call_later(_LATER, check)

    def told(self, path: Path) -> tuple[Diagnostic, ...]:
        """What was last told of a file."""
        return self._told.get(path, ())

    def stop_checking(self) -> None:
        """End every check of a whole library that is going on or waiting."""
        self._newest.clear()
        for waiting in (*self._later.values(), *self._soon.values()):
            waiting.cancel()

    def ready(self, path: Path) -> Bench | None:
        """The bench of a file, with all that was typed read."""
        bench = self.desk.bench(path)
        if path in self._soon or (bench is not None and bench.seen is None):
            self.refresh(path)
        return self.desk.bench(path)

    def page(self, uri: str, *, fresh: bool = False) -> Page | None:
        """A document with its library; `fresh`: with all that was typed read.

        None for a document that is not open or of no library that could ever be read.
        """
        path = path_of(uri)
        sheet = self.desk.sheets.get(path) if path is not None else None
        if path is None or sheet is None:
            return None
        bench = self.ready(path) if fresh else self.desk.bench(path)
        if bench is None or bench.usable is None:
            return None
        seen = bench.seen.entities if fresh and bench.seen is not None else None
        return Page(sheet, bench, self.things(seen or bench.usable), self.places, self.desk.sheets)

    def things(self, entities: Entities) -> Things:
        """Tells of a library's things; the last ones are kept."""
        if self._things is None or self._things.entities is not entities:
            self._things = Things(entities, self.language)
        return self._things

    def _check_whole(self, bench: Bench, look: Look) -> None:
        task = asyncio.get_running_loop().create_task(self._checked(bench, look))
        self._checking.add(task)
        task.add_done_callback(self._checking.discard)

    async def _checked(self, bench: Bench, look: Look) -> None:
        def is_stopped() -> bool:
            return self._newest.get(bench.manifest) is not look

        try:
            found = await asyncio.to_thread(bench.check, look, is_stopped)
            if found is not None and not is_stopped():
                self.tell(self.desk.checked(bench, look, found))
        except Exception as error:  # noqa: BLE001 - the server goes on
            self.failed(error)

    def tell(self, found: Found) -> None:
        """Publish the findings of files: of those that were written in, and where others are."""
        publisher = self.publisher
        for path, findings in found.items():
            if self._told.get(path, ()) == findings and path not in self.desk.fresh:
                continue
            self._told[path] = findings
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri_of(path), publisher.all(findings))
            )
        self.desk.fresh -= found.keys()

    def guarded(self, work: Callable[..., None], *arguments: Any) -> None:  # noqa: ANN401 - any work
        """Do something that nobody waits for; what goes wrong is told."""
        try:
            work(*arguments)
        except Exception as error:  # noqa: BLE001 - the server goes on
            self.failed(error)

    def failed(self, error: Exception) -> None:
        """Tell of a fault of the server itself, with its trace in the editor's log."""
        _LOG.exception("the server failed", exc_info=error)
        said = f"planengine: {type(error).__name__}: {error}"
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, said))


def path_of(uri: str) -> Path | None:
    """The file of an address; None for a document that is no file."""
    name = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(name) if name else None


def make_server(asked: Language | None = None) -> Server:
    """A server with all that it answers."""
    server = Server(asked)

    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.begin(params)

    @server.feature(lsp.SHUTDOWN)
    def end(_params: None) -> None:
        server.stop_checking()

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            server.desk.put(path, params.text_document.text)
            server.guarded(server.refresh, path)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            text = server.workspace.get_text_document(params.text_document.uri).source
            server.desk.put(path, text)
            server.changed(path)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            server.desk.close(path)
            server.tell({path: ()})
            server.guarded(server.refresh, path)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            server.guarded(server.refresh, path)

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def moved(params: lsp.DidChangeWatchedFilesParams) -> None:
        for path in {path_of(change.uri) for change in params.changes} - {None}:
            if path is not None:
                server.guarded(server.refresh, path)

    _answer(server)
    return server


def _answer(server: Server) -> None:
    """Let a server answer what is asked about places."""

    @server.feature(
        lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=[*_TRIGGERS])
    )
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList | None:
        page = server.page(params.text_document.uri)
        return answers.complete(page, params.position) if page is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def explain(params: lsp.HoverParams) -> lsp.Hover | None:
        page = server.page(params.text_document.uri, fresh=True)
        return answers.explain(page, params.position) if page is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def define(params: lsp.DefinitionParams) -> list[lsp.Location]:
        page = server.page(params.text_document.uri, fresh=True)
        return answers.definition(page, params.position) if page is not None else []

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def refer(params: lsp.ReferenceParams) -> list[lsp.Location]:
        page = server.page(params.text_document.uri, fresh=True)
        declared = params.context.include_declaration
        if page is None:
            return []
        return answers.references(page, params.position, declared=declared)

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        path = path_of(params.text_document.uri)
        sheet = server.desk.sheets.get(path) if path is not None else None
        if sheet is None or sheet.kind is None:
            return []
        return answers.symbols(sheet, server.places(sheet.path.as_posix()))

    @server.feature(
        lsp.TEXT_DOCUMENT_CODE_ACTION,
        lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.SourceFixAll]),
    )
    def mend(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        path = path_of(params.text_document.uri)
        sheet = server.desk.sheets.get(path) if path is not None else None
        if path is None or sheet is None:
            return []
        server.ready(path)
        findings, file = server.told(path), path.as_posix()
        made = quick_fixes(file, sheet.text, params.range, findings, server.publisher)
        only = params.context.only
        return [one for one in made if only is None or one.kind in only]

    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def may_rename(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        page = server.page(params.text_document.uri, fresh=True)
        return can_rename(page, params.position) if page is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def name_anew(params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
        page = server.page(params.text_document.uri, fresh=True)
        try:
            return rename(page, params.position, params.new_name) if page is not None else None
        except RefusedError as refusal:
            raise JsonRpcInvalidRequest(str(refusal)) from None

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def put_in_order(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        path = path_of(params.text_document.uri)
        sheet = server.desk.sheets.get(path) if path is not None else None
        if sheet is None or sheet.kind is None:
            return []
        return in_order(sheet.text, server.places(sheet.path.as_posix()))
