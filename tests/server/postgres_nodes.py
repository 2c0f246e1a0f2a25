"""PostgreSQL clusters of a test's own: a primary that archives and waits for its standby, the standby, a restored one."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dev.machine import debian_postgres
from dev.postgres import OWNER, free_port, unprivileged_user

# The power is not cut here, only processes are: what the kernel was given is kept.
_QUICK = (
    "-c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=32MB -c max_wal_size=256MB"
)


class Nodes:
    """Makes clusters in one folder that belongs to the user PostgreSQL runs as."""

    def __init__(self, folder: Path) -> None:
        programs = debian_postgres()
        if programs is None or not (programs / "pg_basebackup").exists():
            pytest.skip("needs the machine's own PostgreSQL programs")
        self.programs, self.folder, self.user = programs, folder, unprivileged_user()
        self.made: list[Node] = []
        if self.user:
            shutil.chown(folder, self.user, self.user)

    def node(self, name: str) -> "Node":
        made = Node(self, name)
        self.made.append(made)
        return made

    def run(self, program: str, *arguments: str) -> None:
        # Into a file: a server keeps what it inherits open, and a pipe would never end.
        with (self.folder / f"{program}.out").open("ab+") as output:
            result = subprocess.run(
                [str(self.programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                check=False,
            )
            output.seek(0)
            assert result.returncode == 0, output.read()[-3000:]


class Node:
    """One cluster."""

    def __init__(self, nodes: Nodes, name: str) -> None:
        self._nodes, self.data, self.port = nodes, nodes.folder / name, free_port()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def address(self, database: str = "tarahum") -> str:
        return f"postgresql://{OWNER}@{self.host}/{database}"

    def create(self) -> None:
        options = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-locale", "--no-sync"]
        self._nodes.run("initdb", "-D", str(self.data), *options)
        with (self.data / "pg_hba.conf").open("a") as rules:
            rules.write("host replication all 127.0.0.1/32 trust\n")

    def start(self, *settings: str) -> None:
        place = f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self._nodes.folder}"
        extra = " ".join(f"-c {setting}" for setting in settings)
        log = f"{self.data}.log"
        options = ["-D", str(self.data), "-l", log, "-w", "-t", "30", "-o", f"{place} {_QUICK} {extra}"]
        self._nodes.run("pg_ctl", *options, "start")

    def copy_of(self, other: "Node", *options: str) -> None:
        line = ["-h", "127.0.0.1", "-p", str(other.port), "-U", OWNER, "-D", str(self.data)]
        self._nodes.run("pg_basebackup", *line, "-X", "stream", "-c", "fast", "--no-sync", *options)

    def promote(self) -> None:
        self._nodes.run("pg_ctl", "-D", str(self.data), "-w", "promote")

    def kill(self) -> None:
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self._nodes.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "-w", "stop")


@contextmanager
def postgres_nodes() -> Iterator[Nodes]:
    folder = Path(tempfile.mkdtemp(prefix="tarahum-nodes-"))
    nodes = Nodes(folder)
    try:
        yield nodes
    finally:
        for node in nodes.made:
            try:
                node.stop()
            except AssertionError:
                continue  # one that was killed leaves its file behind
        shutil.rmtree(folder, ignore_errors=True)
