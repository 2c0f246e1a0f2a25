"""Other releases of the program, each in a process of its own."""

import io
import json
import os
import subprocess
import sys
import tarfile
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RELEASED = (1, 2)


class Program:
    """A running program; every attribute is a thing it can be told to do."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answer()

    def __getattr__(self, name: str):
        def tell(**arguments):
            print(json.dumps([name, arguments]), file=self._process.stdin, flush=True)
            return self._answer()

        return tell

    def _answer(self):
        line = self._process.stdout.readline()
        assert line, "the program ended"
        return json.loads(line)


@contextmanager
def program(code: Path, device: Path, *, future: bool = False):
    """The program whose code lies in a folder, working on a device's folder."""
    device.mkdir(exist_ok=True)
    command = [sys.executable, str(HERE / "driver.py"), str(device), *(["future"] if future else [])]
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(code)},
    )
    try:
        yield Program(process)
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def unpack_release(number: int, folder: Path) -> Path:
    """The code of a release as it was."""
    target = folder / f"release-{number}"
    packed = (HERE / "frozen" / f"release-{number}.tar.xz").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")
    return target
