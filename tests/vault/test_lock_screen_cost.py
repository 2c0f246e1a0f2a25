"""The lock screen shows who may enter before anything heavy is loaded."""

import subprocess
import sys
from pathlib import Path


def test_listing_users_loads_no_tables_and_no_database_driver(vault_folder: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tarahum_desktop.vault.slots import list_users\n"
        "print(list_users(Path(sys.argv[1])))\n"
        "print(sorted({'sqlalchemy', 'sqlcipher3', 'tarahum_desktop.models'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(vault_folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['huda']\n[]\n"
