"""Write what comes from the code: a page per diagnostic, their index, JSON Schemas.

`python docs/generate.py` writes them; with `--check` it only tells what is out of date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from planengine.answers.answer import Answer, schema_of
from planengine.diagnostics.codes import CODES
from planengine.diagnostics.pages import page
from planengine.exercises.report import Report
from planengine.sessions.effects import Effects
from planengine.sessions.standing import Course

DOCS = Path(__file__).parent
FOLDER = DOCS / "diagnostics"
SCHEMAS = {
    DOCS / "reference" / f"{name}.schema.json": kind
    for name, kind in (
        ("assessment", Answer),
        ("course", Course),
        ("effects", Effects),
        ("exercise-report", Report),
    )
}


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    index = [
        "# Diagnostics",
        "",
        "Generated from where the checks are defined. `planengine explain CODE` shows the same.",
        "",
        "| code | severity | meaning | 含义 |",
        "|---|---|---|---|",
    ]
    written: dict[Path, str] = {}
    for name, code in sorted(CODES.items()):
        title = code.title
        index.append(f"| [`{name}`]({name}.md) | {code.severity} | {title.en} | {title.zh} |")
        written[FOLDER / f"{name}.md"] = page(code, "en") + "\n---\n\n" + page(code, "zh")
    written[FOLDER / "README.md"] = "\n".join(index) + "\n"
    for path, kind in SCHEMAS.items():
        written[path] = json.dumps(schema_of(kind), ensure_ascii=False, indent=2) + "\n"
    return written


def main() -> int:
    """Write or check; 1 when `--check` finds a page out of date."""
    wanted = pages()
    present = {*FOLDER.glob("*.md"), *(path for path in SCHEMAS if path.exists())}
    stale = [p for p, text in wanted.items() if p not in present or p.read_text("utf-8") != text]
    left_over = present - set(wanted)
    if "--check" in sys.argv[1:]:
        for path in sorted({*stale, *left_over}):
            print(f"out of date: {path.relative_to(DOCS)} (run: python docs/generate.py)")
        return 1 if stale or left_over else 0
    FOLDER.mkdir(exist_ok=True)
    for path in left_over:
        path.unlink()
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    print(f"{len(wanted)} pages, {len(stale)} written, {len(left_over)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
