#!/usr/bin/env python3
"""The one door to the project: sets the machine up, then runs a command.

Needs nothing but Python 3.11 or later and the files beside it; everything else it fetches into `.venv`, pinned by
hash, or names the exact command that a person must run. Doing it a second time costs a fraction of a second.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent

if sys.version_info < (3, 11):  # noqa: UP036 - an older Python gets a sentence here instead of a syntax error later
    sys.exit("This project needs Python 3.11 or later; this is {}.{}.".format(*sys.version_info))

from dev import environment, machine  # noqa: E402 - an older Python must not read these files
from dev.commands import COMMANDS, Command, usage  # noqa: E402 - as above


def main(arguments: list[str]) -> int:
    """Prepare the machine for the named command, run it, and give back its exit code."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if arguments else 2
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"There is no command '{arguments[0]}'.\n\n{usage()}", file=sys.stderr)
        return 2
    try:
        python = environment.prepare(ROOT)
        machine.ensure(
            [*command.needs, *machine.window_needs(os.environ, opens_window=command.window)], python
        )
    except machine.SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    return hand_over(command, python, arguments[1:])


def hand_over(command: Command, python: Path, arguments: list[str]) -> int:
    """Run the command in the project's own Python.

    On POSIX it takes this process's place, so that a signal sent here reaches it and it can clean up.
    """
    line = [str(python), "-m", command.module, *arguments]
    if command.at_root:
        os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(line[0], line)  # noqa: S606 - no shell is wanted
    try:
        return subprocess.run(line, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
