"""Makes the frozen pouch if there is none: what this wrote once must be read for ever.

``python -m tests.vectors.sync.make_pouch``; the keys are of nobody.
"""

import json
import tempfile
from pathlib import Path

from tarahum_desktop.sync.pouch.newcomer import make_request
from tarahum_desktop.sync.pouch.stick import MARKER, StickSaid, mark_stick
from tarahum_desktop.vault.device_keys import DeviceKeys
from tests.sync.pouch.sticks import CENTRE, OFFICE, PRISON, Country, close
from tests.sync.worlds import START_MS, World

HERE = Path(__file__).parent


def main() -> None:
    """Write ``pouch-1.bin`` and what is to be found in it, unless it exists: then it is never written again."""
    if (HERE / "pouch-1.bin").exists():
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        country = Country(World(folder), folder / "stick")
        country.write_homes(PRISON, 3, "VECTOR")
        path = country.path(country.write(PRISON, OFFICE, (CENTRE,)))
        (HERE / "pouch-1.bin").write_bytes(path.read_bytes())
        said = StickSaid(bytes(range(16)), "ذاكرة", "ryd", START_MS, OFFICE)
        mark_stick(folder, said, country.replicas[OFFICE].signer)
        code = "0123-4567-89AB-CDEF-GHJK"
        request = make_request(code, "prison", "clerk", DeviceKeys.generate(), START_MS)
        found = {
            "office_sealing_private": country.sealing[OFFICE].hex(),
            "centre_sealing_private": country.sealing[CENTRE].hex(),
            "maker_signing_public": country.world.keys[PRISON].hex(),
            "office_signing_public": country.world.keys[OFFICE].hex(),
            "number": 1,
            "maker": PRISON,
            "receivers": [OFFICE, CENTRE],
            "made_at": START_MS,
            "file_numbers": ["VECTOR-0", "VECTOR-1", "VECTOR-2"],
            "stick": (folder / MARKER).read_bytes().hex(),
            "request": request.hex(),
            "code": code,
        }
        close(country)
    (HERE / "pouch-1.json").write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
