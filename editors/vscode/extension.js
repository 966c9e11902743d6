// Starts `planengine lsp` for the documents of a workspace, and nothing else.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const DOCUMENTS = [
  { scheme: "file", language: "yaml" },
  { scheme: "file", pattern: "**/*.{json,jsonl,ndjson}" },
];

let client;

function started() {
  const settings = vscode.workspace.getConfiguration("planengine");
  const [command, ...words] = settings.get("command");
  const language = settings.get("language");
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return new LanguageClient(
    "planengine",
    "planengine",
    { command, args: [...words, "lsp"], options: { cwd: folder } },
    {
      documentSelector: DOCUMENTS,
      initializationOptions: { language: language === "auto" ? vscode.env.language : language },
      synchronize: {
        fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{yaml,json,jsonl,ndjson}"),
      },
    },
  );
}

async function restart() {
  await client?.stop();
  client = started();
  try {
    await client.start();
  } catch (error) {
    const chinese = vscode.env.language.startsWith("zh");
    const words = chinese
      ? `planengine 没有启动：${error.message}。请安装 planengine[editor]，或设置 planengine.command。`
      : `planengine did not start: ${error.message}. Install planengine[editor], or set planengine.command.`;
    vscode.window.showErrorMessage(words);
  }
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("planengine.restart", restart),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("planengine")) {
        return restart();
      }
    }),
  );
  await restart();
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
