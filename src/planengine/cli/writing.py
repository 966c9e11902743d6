"""Writes files: new ones never over one that is there, changed ones at one stroke."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click

from planengine.cli.language import Say


def write_new(files: Mapping[Path, str], say: Say) -> None:
    """Write files that are not there yet, with their folders; none of them where one is there."""
    there = next((path for path in files if path.exists() or path.is_symlink()), None)
    if there is not None:
        raise _refused(there, say)
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise _refused(path, say) from None
        except OSError as error:
            raise click.UsageError(
                say(f"不能写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
            ) from None
        click.echo(say(f"已写 {path}", f"wrote {path}"))


def refuse_without_folder(path: Path, say: Say) -> None:
    """Wrong use where a file has no folder to be written to; told before any work is done."""
    if not path.parent.is_dir():
        raise _no_folder(path, say)


def write_text(path: Path, text: str, say: Say) -> None:
    """Write a file, over one that is there; wrong use where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise _no_folder(path, say) from None
    except PermissionError:
        raise click.UsageError(
            say(f"没有写入 {path} 的权限", f"no permission to write {path}")
        ) from None
    except OSError as error:
        raise click.UsageError(
            say(f"不能写入 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        ) from None


def replace(file: Path, before: bytes, after: bytes, say: Say) -> None:
    """Put new content in the place of what was read, at one stroke."""
    target = file.resolve()
    partial: str | None = None
    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(after)
            out.flush()
            os.fsync(out.fileno())
        shutil.copymode(target, partial)
        if target.read_bytes() != before:
            raise click.UsageError(
                say(f"{file} 刚刚被改动，请重试", f"{file} was changed meanwhile; try again")
            )
        os.replace(partial, target)  # noqa: PTH105 - as os made it
        partial = None
    except OSError as error:
        raise click.UsageError(
            say(f"不能写入 {file}：{error.strerror}", f"cannot write {file}: {error.strerror}")
        ) from None
    finally:
        if partial is not None:
            with suppress(OSError):
                Path(partial).unlink()


def _no_folder(path: Path, say: Say) -> click.UsageError:
    return click.UsageError(
        say(f"没有这个文件夹：{path.parent}", f"there is no folder {path.parent}")
    )


def _refused(path: Path, say: Say) -> click.UsageError:
    return click.UsageError(
        say(f"{path} 已存在，不会覆盖", f"{path} is there already and is not written over")
    )
