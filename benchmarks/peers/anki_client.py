"""One client of Anki's own library, run by the Python of Anki's environment: one row is one note (and its card).

``anki_client.py COLLECTION ENDPOINT FIELDS prepare|adopt|sync`` or ``... add LINES | edit LINES | persist SECONDS``. A note's type is the row's
table; its fields are the texts of all the row's fields, the empty ones too.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from anki.collection import AddNoteRequest, Collection  # type: ignore[import-not-found]  # in its own environment

NOTES_A_CALL = 500


def make_types(collection: Any, fields: dict[str, list[str]]) -> None:
    """A note type for each table."""
    for table, names in fields.items():
        kind = collection.models.new(table)
        for name in names:
            collection.models.add_field(kind, collection.models.new_field(name))
        card = collection.models.new_template("card")
        card["qfmt"] = card["afmt"] = "{{id}}"
        collection.models.add_template(kind, card)
        collection.models.add_dict(kind)


def add_notes(collection: Any, fields: dict[str, list[str]], lines: Path) -> None:
    """The rows of a file as notes, some hundred in a transaction."""
    kinds = {table: collection.models.by_name(table) for table in fields}
    waiting: list[Any] = []
    with lines.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            note = collection.new_note(kinds[row["table"]])
            note.fields = [_text(row.get(name)) for name in fields[row["table"]]]
            waiting.append(AddNoteRequest(note=note, deck_id=1))
            if len(waiting) == NOTES_A_CALL:
                collection.add_notes(waiting)
                waiting = []
    if waiting:
        collection.add_notes(waiting)


def edit_notes(collection: Any, lines: Path) -> None:
    """The corrections of a file."""
    wanted = {}
    with lines.open(encoding="utf-8") as file:
        for line in file:
            edit = json.loads(line)
            wanted[edit["id"]] = edit
    changed = []
    for number, texts in collection.db.all("select id, flds from notes"):
        edit = wanted.get(texts.split("\x1f", 1)[0])
        if edit is not None:
            note = collection.get_note(number)
            note[edit["field"]] = _text(edit["value"])
            changed.append(note)
    assert len(changed) == len(wanted), (len(changed), len(wanted))
    collection.update_notes(changed)


def persist(collection: Any, access: Any, seconds: float) -> dict[str, Any]:
    """Sync again after each failure, as a person would who does not give up."""
    end, tries, why = time.monotonic() + seconds, 0, ""
    while time.monotonic() < end:
        tries += 1
        try:
            answer = collection.sync_collection(access, False)
        except Exception as error:  # noqa: BLE001 - its errors of the line have many types
            why = type(error).__name__
            time.sleep(1)
        else:
            done = answer.required == 0
            return {"done": done, "tries": tries, "why": "" if done else "asks for a whole sync"}
    return {"done": False, "tries": tries, "why": why}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def whole(collection: Any, access: Any, *, upload: bool) -> None:
    """Send or take the whole collection, as Anki asks for on first meeting."""
    answer = collection.sync_collection(access, False)
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=access, server_usn=answer.server_media_usn, upload=upload)
    collection.reopen(after_full_sync=True)


def main(path: str, endpoint: str, fields_file: str, step: str, lines: str = "") -> None:
    """One step of one client."""
    fields = json.loads(Path(fields_file).read_text("utf-8"))
    collection = Collection(path)
    if step == "add":
        add_notes(collection, fields, Path(lines))
        collection.close()
        return
    if step == "edit":
        edit_notes(collection, Path(lines))
        collection.close()
        return
    access = collection.sync_login("u", "p", endpoint)
    if step == "prepare":
        make_types(collection, fields)
        whole(collection, access, upload=True)
    elif step == "adopt":
        whole(collection, access, upload=False)
    elif step == "persist":
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(persist(collection, access, float(lines))), flush=True)
        sys.stdin.readline()
    else:
        print("ready", flush=True)
        sys.stdin.readline()
        answer = collection.sync_collection(access, False)
        assert answer.required == 0, "Anki asks for a whole sync"
        print(json.dumps([collection.note_count(), None]), flush=True)
        sys.stdin.readline()
    collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
