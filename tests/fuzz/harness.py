"""Lets atheris look for what breaks one decoder: ``python -m tests.fuzz.harness NAME CORPUS [libFuzzer options]``.

Every branch of our own Python is watched, so that what gets further is spoiled further. libFuzzer ends the process on
an exception that is no refusal, on more than ten seconds for one piece, and on too much memory.
"""

import sys
from pathlib import Path
from random import Random

import atheris

with atheris.instrument_imports(include=["tarahum_desktop.sync", "tarahum_server", "msgspec"]):
    from tests.fuzz.mutate import spoiled
    from tests.fuzz.targets import TARGETS, judged


def main(arguments: list[str]) -> None:
    """Fuzz one decoder from its true data on."""
    name, corpus, *options = arguments
    target = TARGETS[name]
    folder = Path(corpus)
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(target.seeds()):
        (folder / f"true-{number}").write_bytes(data)

    def look(data: bytes) -> None:
        judged(target, data)

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.4:
            return atheris.Mutate(data, most)
        return spoiled(data, chance)[:most]

    atheris.Setup(
        [f"fuzz-{name}", *options, str(folder)], look, custom_mutator=change, enable_python_coverage=True
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
