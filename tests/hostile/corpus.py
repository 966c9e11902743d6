"""Texts that were made to hurt a reader: by their length, their depth, or what hides in them."""

from __future__ import annotations

_LONG = 60_000


def _scalars() -> dict[str, str]:
    """Single scalars, each put where a bound, a name, a time and a label may stand."""
    return {
        "interval of blanks": f"[{' ' * 200}..{' ' * 200}x",
        "interval of many blanks": f"[{' ' * _LONG}..{' ' * _LONG}x",
        "interval without end": "[" + "1.." * _LONG,
        "hundred millions": "亿" * _LONG,
        "zeros": "零" * _LONG,
        "digits": "9" * 5000,
        "digits of a fraction": "0." + "3" * 5000,
        "exponent": "1e" + "9" * 5000,
        "hexadecimal": "0x" + "f" * 5000,
        "words of a bound": "以上" * _LONG,
        "attribute": "≥ @" + "a" * _LONG + " + " + "1" * _LONG,
        "signs": "-" * _LONG,
        "blanks": "≥" + " " * _LONG + "3",
        "units": "3" + "m" * _LONG,
        "shares": "百分之" * _LONG,
        "hyphens": "a-" * _LONG,
        "slashes": "a/" * _LONG,
        "time": "2026-07-20T08:00:00." + "9" * _LONG + "+08:00",
        "quotes": "“" * _LONG,
        "brackets": "（" * _LONG,
        "commas": "，" * _LONG,
        "colons": "：" * _LONG,
        "combining marks": "a" + "\u0301" * _LONG,
        "emoji joined": "👩\u200d" * 20_000 + "👩",
    }


def _documents() -> dict[str, str]:
    """Whole texts."""
    layers = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 20))
    return {
        "laughs": f"a0: &a0 [x]\n{layers}",
        "deep list": "[" * _LONG,
        "deep mapping": "{a: " * _LONG,
        "deep blocks": "- " * 5000 + "x",
        "deep JSON": '{"incident": ' + "[" * _LONG + "]" * _LONG + "}",
        "open quote": 'a: "' + "b\n " * _LONG,
        "open list": "a: [" + "b, " * _LONG,
        "anchors": "".join(f"&a{n} a{n}: *a{n}\n" for n in range(3000)),
        "tags": "a: " + "!" * _LONG,
        "errors": "a: >= 3\n" * 3000,
        "joined keys": "a:{b: c}\n" * 3000,
        "flow errors": "[a, b，c：d, (1..2], " * 2000,
        "unknown keys": "plan: x\n" + "".join(f"unknown-{n}: 1\n" for n in range(2000)),
        "same keys": "plan: x\n" + "a: 1\n" * 2000,
        "unknown facts": "incident: x\nhazards: [洪水]\nobservations:\n  - at: 2026-07-20T08:00:00+08:00\n    facts:\n"
        + "".join(f"      deth-{n}: 1\n" for n in range(2000)),
        "documents": "---\n" * 5000,
        "comments": "#" * _LONG + "\n" + "# a\n" * 5000,
        "tabs": "\t" * _LONG,
        "carriage returns": "a: b\r" * 5000,
        "nothing": "",
        "a mark": "\ufeff",
        "noncharacters": "a: \ufffe\uffff\n",
        "direction": "a: b\u202e c\n",
        "terminal": "a: \x1b[2J\n",
        "terminal, escaped": 'a: "\\e[2J"\n',
        "NUL, escaped": 'a: "\\0"\n',
        "direction, escaped": 'label: "\\u202Eb"\n',
        "half of a pair": 'a: "\\ud83d"\n',
        "python": "a: !!python/object/apply:os.system [x]\n",
    }


SCALARS = _scalars()
DOCUMENTS = _documents()
BYTES = {
    "Latin-1": "a: é\n".encode("latin-1"),
    "GB 18030": "预案: 防汛\n".encode("gb18030"),
    "UTF-16": "plan: x\n".encode("utf-16"),
    "half a character": "plan: 临".encode()[:-1],
    "zeros": bytes(_LONG),
    "all bytes": bytes(range(256)) * 200,
    "archive": b"PK\x03\x04" + bytes(100),
}
