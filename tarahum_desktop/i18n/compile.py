"""Compile the translations; run by the set-up and the build, because only the ``.po`` files are kept."""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tarahum_desktop.resource_files import resource


def compile_translations(folder: Path | None = None) -> list[Path]:
    """Write a ``.mo`` beside each ``.po`` that is newer than it; return those written."""
    written = []
    for po in sorted((folder or resource("locale")).glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parent.parent.name, abort_invalid=True)
        part = mo.with_name(f"{mo.name}.{os.getpid()}.part")  # another process may be compiling too
        with part.open("wb") as target:
            write_mo(target, catalogue)
        part.replace(mo)
        written.append(mo)
    return written


if __name__ == "__main__":
    sys.stdout.writelines(f"{path.name}\n" for path in compile_translations())
