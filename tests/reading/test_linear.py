"""Reading a document takes time in proportion to what is wrong with it, not to its square."""

from time import process_time

from planengine.model.plan import PlanModel
from planengine.reading.validate import build
from planengine.reading.yaml import read_document

HEAD = "plan: x\nkind: special\njurisdiction: y\nedition: {number: '1', in-force: 2026-01-01}\n"


def seconds(keys: int) -> float:
    text = HEAD + "".join(f"unknown-key-{n}: 3\n" for n in range(keys))
    times = []
    for _ in range(3):
        findings: list[object] = []
        node = read_document(text, "x.yaml", findings)
        start = process_time()
        build(node, PlanModel, findings)
        times.append(process_time() - start)
        assert len(findings) == keys + 1  # and `applies` is missing
    return min(times)


def test_many_unknown_keys_take_linear_time() -> None:
    seconds(10)
    assert seconds(1600) < 9 * seconds(400)  # four times as many; a square would be sixteen
