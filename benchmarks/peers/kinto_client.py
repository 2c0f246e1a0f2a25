"""One client of Kinto's HTTP interface, with the standard library alone: a row is a record of one collection.

``kinto_client.py PORT BATCH setup`` or ``... push LINES | pull FILE``. Pushed are batches of PUT requests, pulled are pages of
a thousand records, compressed where the server offers it, each kept in a plain SQLite file as one text a record: Kinto's
own client keeps them in a browser.
"""

import gzip
import http.client
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

PAGE = 1_000
_HEADERS = {
    "Authorization": "Basic dTpwYXNzd29yZA==",
    "Content-Type": "application/json",
    "Accept-Encoding": "gzip",
}
_RECORDS = "/buckets/bench/collections/rows/records"


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def ask(self, method: str, path: str, body: Any = None) -> tuple[http.client.HTTPResponse, Any]:
        """The answer and what its JSON says."""
        data = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        self._line.request(method, f"/v1{path}", data, _HEADERS)
        answer = self._line.getresponse()
        said = answer.read()
        if answer.getheader("Content-Encoding") == "gzip":
            said = gzip.decompress(said)
        assert answer.status < 300, (answer.status, said[:300])
        return answer, json.loads(said)


def push(client: Client, lines: Path, batch: int) -> int:
    """Send all rows; returns how many were taken."""
    taken = 0
    waiting: list[dict[str, Any]] = []
    with lines.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            waiting.append({"path": f"{_RECORDS}/{row['id']}", "body": {"data": row}})
            if len(waiting) == batch:
                taken += _send(client, waiting)
                waiting = []
    return taken + (_send(client, waiting) if waiting else 0)


def _send(client: Client, requests: list[dict[str, Any]]) -> int:
    _, said = client.ask("POST", "/batch", {"defaults": {"method": "PUT"}, "requests": requests})
    assert all(answer["status"] < 300 for answer in said["responses"]), said["responses"][0]
    return len(said["responses"])


def pull(client: Client, file: Path) -> int:
    """Take all rows, oldest first, and keep them; returns how many came."""
    store = sqlite3.connect(file)
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("CREATE TABLE record (id TEXT PRIMARY KEY, content TEXT)")
    path: str | None = f"{_RECORDS}?_sort=last_modified&_limit={PAGE}"
    taken = 0
    while path:
        answer, said = client.ask("GET", path)
        with store:
            rows = ((row["id"], json.dumps(row, ensure_ascii=False)) for row in said["data"])
            store.executemany("INSERT OR REPLACE INTO record VALUES (?, ?)", rows)
        taken += len(said["data"])
        following = answer.getheader("Next-Page")
        path = following[following.index("/v1/") + 3 :] if following else None
    return taken


def main(port: str, batch: str, step: str, lines: str = "") -> None:
    """One step of one client."""
    client = Client(int(port))
    if step == "setup":
        client.ask("PUT", "/buckets/bench", {})
        client.ask("PUT", "/buckets/bench/collections/rows", {})
        return
    print("ready", flush=True)
    sys.stdin.readline()
    moved = push(client, Path(lines), int(batch)) if step == "push" else pull(client, Path(lines))
    print(json.dumps([moved, None]), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
