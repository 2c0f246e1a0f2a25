"""What lies on the disk, and what other programs can see, holds nothing of the people or the words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tarahum_desktop.models.engine import open_sqlite
from tarahum_desktop.vault.vault import unlock

NOTES = ["أسرة السجين في حيّ النسيم", "monthly rent support", "١٠٣٤٥٦٧٨٩٠"]
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1256")


def write_notes(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE secret_memo (body TEXT)"))
        connection.execute(text("CREATE INDEX by_body ON secret_memo (body)"))
        rows = [{"body": f"{note} {number}"} for note in NOTES for number in range(300)]
        connection.execute(text("INSERT INTO secret_memo VALUES (:body)"), rows)


def traces(folder: Path, words: list[str]) -> set[tuple[str, str]]:
    found = set()
    for path in folder.iterdir():
        content = path.read_bytes()
        for word in words:
            for encoding in ENCODINGS:
                if word.encode(encoding, "ignore") and word.encode(encoding, "replace") in content:
                    found.add((path.name, word))
    return found


def test_no_file_of_a_vault_holds_a_readable_word_open_or_locked(vault_folder: Path, words: str) -> None:
    sought = [*NOTES, "secret_memo", "SQLite format", "CREATE TABLE", words]
    with unlock(vault_folder, "huda", words) as vault:
        write_notes(vault.engine)
        assert (vault_folder / "records.db-wal").stat().st_size > 0
        key = bytes(vault._key)
        assert traces(vault_folder, sought) == set()
    assert traces(vault_folder, sought) == set()
    for path in vault_folder.iterdir():
        content = path.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content.lower()


def test_the_same_search_finds_the_words_in_a_plain_file(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "plain.db")
    write_notes(engine)
    engine.dispose()
    assert {word for _, word in traces(tmp_path, [*NOTES, "secret_memo"])} == {*NOTES, "secret_memo"}


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_their_owner_may_read_the_small_files(vault_folder: Path) -> None:
    assert vault_folder.stat().st_mode & 0o777 == 0o700
    for name in ("slots.json", "attempts.json", "vault.lock"):
        if (vault_folder / name).exists():
            assert (vault_folder / name).stat().st_mode & 0o077 == 0, name


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
def test_other_programs_do_not_see_the_words_of_a_program_that_reads_them_from_a_descriptor(
    vault_folder: Path, words: str
) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from tarahum_desktop.vault.passphrase_source import read_passphrase\n"
        "from tarahum_desktop.vault.vault import unlock\n"
        "words = read_passphrase(prompt='', descriptor=int(sys.argv[2]))\n"
        "with unlock(Path(sys.argv[1]), 'huda', words):\n"
        "    print('open', flush=True)\n    sys.stdin.read()\n"
    )
    reader, writer = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", program, str(vault_folder), str(reader)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        pass_fds=[reader],
    ) as running:
        os.close(reader)
        os.write(writer, words.encode() + b"\n")
        os.close(writer)
        assert running.stdout is not None
        assert running.stdout.readline() == "open\n"
        for place in ("cmdline", "environ"):
            seen = Path(f"/proc/{running.pid}/{place}").read_bytes()
            assert len(seen) > 20
            assert words.encode() not in seen
        assert running.communicate(input="")[0] == ""
    assert running.returncode == 0


def test_errors_about_words_do_not_repeat_them(vault_folder: Path) -> None:
    with pytest.raises(Exception, match="wrong_passphrase") as refused:
        unlock(vault_folder, "huda", "very secret words")
    link: BaseException | None = refused.value
    while link is not None:
        assert "very secret words" not in repr(link)
        link = link.__cause__ or link.__context__
