"""Finds references that go round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def cycles(ids: Iterable[str], following: Callable[[str], Iterable[str]]) -> list[tuple[str, ...]]:
    """Each circle of references once, as the ids along it, beginning with the first of `ids`.

    Only one circle is told for things that several circles share.
    """
    done: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in ids:
        if start in done:
            continue
        path: list[str] = [start]
        on_path = {start}
        stack = [iter(tuple(following(start)))]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                finished = path.pop()
                on_path.discard(finished)
                done.add(finished)
            elif step in on_path:
                found.append(tuple(path[path.index(step) :]))
            elif step not in done:
                path.append(step)
                on_path.add(step)
                stack.append(iter(tuple(following(step))))
    return found
