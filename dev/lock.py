"""`run.py lock`: pins every dependency of requirements/*.in by version and hash, for all systems at once.

The lock files must hold no index address, so that any mirror can serve them; the hashes say what is right.
"""

import subprocess
import sys

LOCKS = ("bootstrap", "dev")


def main(arguments: list[str]) -> int:
    """Write each lock file; arguments such as `--upgrade` go to uv."""
    for name in LOCKS:
        options = ["--universal", "--generate-hashes", "--no-header", "--python-version", "3.11", "--quiet"]
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        line = [sys.executable, "-m", "uv", "pip", "compile", *options, *arguments, *files]
        if subprocess.run(line, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return 1
        print(f"requirements/{name}.lock written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
