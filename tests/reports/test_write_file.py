import errno
import os
from pathlib import Path

import pytest

from tarahum_desktop.reports.write_file import FileNotWrittenError, write_file


def test_the_whole_content_stands_in_the_file(tmp_path: Path) -> None:
    target = tmp_path / "تقرير.pdf"
    write_file(target, b"first")
    write_file(target, b"second")
    assert target.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("failing", ["fsync", "write"])
def test_a_full_disk_leaves_the_old_file_and_no_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
        content = b"new"
    else:
        import resource

        content = b"x" * 1_000_000
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        import signal

        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(FileNotWrittenError) as caught:
            write_file(target, content)
    finally:
        if failing == "write":
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
            signal.signal(signal.SIGXFSZ, before)
    assert caught.value.code == "disk_full"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotWrittenError) as caught:
        write_file(tmp_path / "محمد" / "report.pdf", b"x")
    assert caught.value.code == "file_not_writable"
    assert "محمد" not in str(caught.value)
    assert caught.value.__cause__ is None
