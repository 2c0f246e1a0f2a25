"""The same work by each program over a line that is bad in the same way: a sender hands over, then a taker takes.

Whatever can be done before (logins, first meetings, rows that both have) is done while the line is still good. Every
client tries again until it is done or its time is over.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.peers import ours
from benchmarks.peers.bad_line import SERVER_ADDRESS, Profile
from benchmarks.peers.install import anki_python, pouchdb_project
from benchmarks.peers.legs import WAYS, Child, child, finished, silent_child
from benchmarks.peers.rows import fields, write_edits, write_lines

_HERE: Final = Path(__file__).absolute().parent
_PORT: Final = 8080  # of a namespace where nobody else lives
_GRACE_SECONDS: Final = 120
_MAKING: Final = threading.Lock()  # the migration tool cannot run in two threads at once


@dataclass(frozen=True, slots=True)
class Work:
    """``base`` rows are on both sides already; of these ``edited`` change, and ``new`` ones come."""

    base: int
    new: int
    edited: int


@dataclass(frozen=True, slots=True)
class Run:
    """How one way went; ``line`` is what the emulator counted.

    ``moved`` are the bytes of contents, ``again`` those of them that were moved more than once; 0 where nobody counts.
    """

    way: str
    done: bool
    seconds: float
    tries: int
    why: str
    line: dict[str, int]
    moved: int = 0
    again: int = 0


class Line:
    """The emulator's process, and how to run a program at either end."""

    def __init__(self, process: Child, prefix: str) -> None:
        self._process = process
        self.at_client = ("ip", "netns", "exec", f"{prefix}-c")
        self.at_server = ("ip", "netns", "exec", f"{prefix}-s")

    def worsen(self, profile: Profile) -> None:
        """Be bad from now on."""
        self._say(f"bad {json.dumps(asdict(profile))}")

    def clear(self) -> dict[str, int]:
        """Be good again; returns what was carried."""
        counts: dict[str, int] = json.loads(self._say("counts"))
        self._say("clear")
        return counts

    def _say(self, words: str) -> str:
        self._process.tell(words)
        return self._process.hear()

    def wait_for_server(self) -> None:
        """Until it listens."""
        look = [*self.at_server, "ss", "-Hltn", f"sport = :{_PORT}"]
        end = time.monotonic() + 60
        while not subprocess.check_output(look):
            if time.monotonic() > end:
                raise TimeoutError("the server does not listen")
            time.sleep(0.1)


@contextmanager
def line(prefix: str) -> Iterator[Line]:
    """A line of its own, good at first."""
    with child(sys.executable, _HERE / "bad_line.py", prefix) as process:
        word = process.hear()
        assert word == "ready", word
        yield Line(process, prefix)


def measured(client: Child, over: Line, profile: Profile, way: str, seconds: float) -> Run:
    """Let a client that said ``ready`` go over the bad line; it answers ``{"done", "tries", "why"}``."""
    word = client.hear()
    assert word == "ready", word
    over.worsen(profile)
    start = time.monotonic()
    client.tell("go")
    ended: dict[str, Any] = {"done": False, "tries": 0, "why": "hung"}
    with _ended_after(client, seconds + _GRACE_SECONDS):
        try:
            ended = json.loads(client.hear())
        except ChildProcessError:
            if time.monotonic() - start < seconds:
                ended["why"] = "its program ended"
    took = time.monotonic() - start
    told = (ended["done"], took, ended["tries"], ended["why"])
    return Run(way, *told, over.clear(), ended.get("moved", 0), ended.get("again", 0))


@contextmanager
def _ended_after(client: Child, seconds: float) -> Iterator[None]:
    timer = threading.Timer(seconds, os.kill, (client.pid, 9))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def anki(over: Line, profile: Profile, work: Work, seconds: float) -> list[Run]:
    """Anki's client and server."""
    python = anki_python()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        names = folder / "fields.json"
        names.write_text(json.dumps(fields()), "utf-8")
        _write_files(folder, work)
        environment = {
            **os.environ, "SYNC_USER1": "u:p", "SYNC_BASE": str(folder / "server"), "SYNC_HOST": SERVER_ADDRESS,
            "SYNC_PORT": str(_PORT),
        }  # fmt: skip
        with silent_child(*over.at_server, python, "-m", "anki.syncserver", environment=environment):
            over.wait_for_server()

            def step(desktop: str, *what: str | Path) -> list[str | Path]:
                collection = folder / desktop / "collection.anki2"
                collection.parent.mkdir(exist_ok=True)
                client = _HERE / "anki_client.py"
                address = f"http://{SERVER_ADDRESS}:{_PORT}/"
                return [*over.at_client, python, client, collection, address, names, *what]

            finished(step("sender", "prepare"))
            if work.base:
                finished(step("sender", "add", folder / "base"))
                finished(step("sender", "persist", "60"), answer="go\n\n")
            finished(step("taker", "adopt"))
            if work.new:
                finished(step("sender", "add", folder / "new"))
            if work.edited:
                finished(step("sender", "edit", folder / "edits"))
            found = []
            for desktop, way in zip(("sender", "taker"), WAYS, strict=True):
                with child(*step(desktop, "persist", str(seconds))) as client:
                    found.append(measured(client, over, profile, way, seconds))
                if not found[-1].done and desktop == "sender":
                    finished(step("sender", "persist", "60"), answer="go\n\n")
            return found


def pouchdb(over: Line, profile: Profile, work: Work, seconds: float) -> list[Run]:
    """PouchDB's client and server, batches of 100, its default."""
    project = pouchdb_project()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_files(folder, work)
        server = project / "node_modules/pouchdb-server/bin/pouchdb-server"
        options = ("--host", SERVER_ADDRESS, "--port", str(_PORT), "--no-stdout-logs")
        kept = ("--dir", folder / "data", "--config", folder / "config.json")
        with silent_child(*over.at_server, "node", server, *options, *kept, folder=folder):
            over.wait_for_server()

            def step(desktop: str, *what: str | Path) -> list[str | Path]:
                address = f"http://{SERVER_ADDRESS}:{_PORT}/rows"
                client = _HERE / "pouchdb_client.js"
                return [*over.at_client, "node", client, folder / desktop, address, "100", *what]

            def catch_up(desktop: str, way: str) -> None:
                finished(step(desktop, "persist", way, "60"), project, answer="go\n\n")

            if work.base:
                finished(step("sender", "load", folder / "base"), project)
                catch_up("sender", "push")
                catch_up("taker", "pull")
            if work.new:
                finished(step("sender", "load", folder / "new"), project)
            if work.edited:
                finished(step("sender", "edit", folder / "edits"), project)
            found = []
            for desktop, what, way in zip(("sender", "taker"), ("push", "pull"), WAYS, strict=True):
                with child(*step(desktop, "persist", what, str(seconds)), folder=project) as client:
                    found.append(measured(client, over, profile, way, seconds))
                if not found[-1].done and desktop == "sender":
                    catch_up("sender", "push")
            return found


def tarahum(over: Line, profile: Profile, work: Work, seconds: float) -> list[Run]:
    """This program: encrypted desktops, a centre on an embedded file, TLS."""
    with tempfile.TemporaryDirectory() as folder:
        with _MAKING:
            centre, server = ours.bare_centre(folder, "", _PORT, SERVER_ADDRESS)
        with silent_child(*over.at_server, sys.executable, ours.__file__, "serve", *server):
            over.wait_for_server()
            address = f"https://{SERVER_ADDRESS}:{_PORT}"
            role = (*over.at_client, sys.executable, ours.__file__, "persist", folder, address)
            amounts = (str(work.base), str(work.new), str(work.edited), str(seconds))
            with child(*role, "sender", *amounts) as sender:
                sender.tell(ours.invitation(centre, "sender"))
                heard = sender.hear()  # its rows that both have are at the centre
                assert heard == "laid", heard
                with child(*role, "taker", *amounts) as taker:
                    taker.tell(ours.invitation(centre, "taker"))
                    return [
                        measured(each, over, profile, way, seconds)
                        for each, way in zip((sender, taker), WAYS, strict=True)
                    ]


def _write_files(folder: Path, work: Work) -> None:
    write_lines(work.base, folder / "base")
    write_lines(work.base + work.new, folder / "new", leave_out=work.base)
    write_edits(work.base, work.edited, folder / "edits")


PROGRAMS: Final[dict[str, Callable[[Line, Profile, Work, float], list[Run]]]] = {
    "Tarahum": tarahum,
    "Anki": anki,
    "PouchDB": pouchdb,
}
