"""The language server: an editor's questions about files that are being written."""
