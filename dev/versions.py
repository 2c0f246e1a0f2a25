"""`run.py setup` ends here: says what is installed, for reports of what went wrong."""

import platform
from importlib.metadata import version

NAMES = ("tarahum-desktop", "PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "cryptography", "reportlab")


def main() -> None:
    """Print the system, the Python and the versions that matter most."""
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    for name in NAMES:
        print(f"{name} {version(name)}")


if __name__ == "__main__":
    main()
