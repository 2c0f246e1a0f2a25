"""The project's own checks must fail on what they are for."""

import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from dev import bench, check, file_sizes, translations

CODE = """
def greet(words, count):
    words.t("Good day")
    words.t("Hello {name}")
    words.n("One visit", "{count} visits", count)
    words.p("prison", "Ward")
    msgid("Kept as data")
"""
FORMS = ("لا زيارات", "زيارة", "زيارتان", "{count} زيارات", "{count} زيارة", "{count} زيارة")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tarahum_desktop").mkdir()
    (tmp_path / "tarahum_desktop/greeting.py").write_text(CODE, "utf-8")
    return tmp_path


@pytest.fixture
def arabic() -> Catalog:
    catalogue = Catalog(locale="ar")
    catalogue.add("Good day", "طاب يومك")
    catalogue.add("Hello {name}", "مرحبا {name}")
    catalogue.add(("One visit", "{count} visits"), FORMS)
    catalogue.add("Ward", "عنبر", context="prison")
    catalogue.add("Kept as data", "محفوظ كبيانات")
    return catalogue


def test_a_complete_translation_passes(project: Path, arabic: Catalog) -> None:
    assert translations.find_faults(project, arabic) == []


@pytest.mark.parametrize("message", ["Good day", "Hello {name}", "One visit", "Kept as data"])
def test_a_missing_translation_is_found(project: Path, arabic: Catalog, message: str) -> None:
    arabic.delete(message)
    (fault,) = translations.find_faults(project, arabic)
    assert "not translated" in fault
    assert message in fault
    assert fault.startswith("tarahum_desktop/greeting.py:")


def test_a_translation_in_another_context_does_not_count(project: Path, arabic: Catalog) -> None:
    arabic.delete("Ward", "prison")
    arabic.add("Ward", "عنبر", context="hospital")
    assert len(translations.find_faults(project, arabic)) == 1


def test_an_unsure_translation_is_found(project: Path, arabic: Catalog) -> None:
    arabic["Good day"].flags.add("fuzzy")
    assert "fuzzy" in translations.find_faults(project, arabic)[0]


@pytest.mark.parametrize("wrong", ["مرحبا", "مرحبا {nam}", "مرحبا {name", "مرحبا {name} {count}"])
def test_a_lost_or_misspelt_value_is_found(project: Path, arabic: Catalog, wrong: str) -> None:
    arabic["Hello {name}"].string = wrong
    assert "braces" in translations.find_faults(project, arabic)[0]


@pytest.mark.parametrize("forms", [FORMS[:2], ("", *FORMS[1:]), (*FORMS[:3], "زيارات", *FORMS[4:])])
def test_missing_plural_forms_are_found(project: Path, arabic: Catalog, forms: tuple[str, ...]) -> None:
    arabic["One visit"].string = forms
    assert len(translations.find_faults(project, arabic)) == 1


def test_a_file_too_long_to_read_is_found_in_every_folder_of_ours(tmp_path: Path) -> None:
    for folder in (".", *file_sizes.FOLDERS, ".venv"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "short.py").write_text("x = 1\n" * file_sizes.LIMIT)
        (tmp_path / folder / "long.py").write_text("x = 1\n" * (file_sizes.LIMIT + 1))
    expected = {"long.py", *(f"{folder}/long.py" for folder in file_sizes.FOLDERS)}
    assert {name for name, _ in file_sizes.too_long(tmp_path)} == expected


def test_the_migrations_already_run_may_be_long(tmp_path: Path) -> None:
    history = tmp_path / file_sizes.GENERATED[0]
    history.mkdir(parents=True)
    (history / "0001.py").write_text("x = 1\n" * (file_sizes.LIMIT + 1))
    assert file_sizes.too_long(tmp_path) == []


def test_every_exception_to_the_length_still_exists() -> None:
    root = Path(__file__).parents[2]
    assert [name for name in file_sizes.ALLOWED if not (root / name).exists()] == []


def test_one_failing_check_fails_the_whole_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    bad, good = [sys.executable, "-c", "raise SystemExit(3)"], [sys.executable, "-c", "print('ran after it')"]
    monkeypatch.setattr(check, "steps", lambda: {"bad": bad, "good": good})
    assert check.main([]) == 1
    output = capfd.readouterr().out
    assert "ran after it" in output
    assert "Failed: bad" in output
    assert check.main(["good"]) == 0


def test_a_check_that_does_not_exist_is_refused() -> None:
    assert check.main(["tpyes"]) == 2


SECTIONS = st.text(alphabet="ab|-\n #", max_size=40)


@given(first=SECTIONS, second=SECTIONS, other=SECTIONS)
def test_writing_a_benchmark_again_replaces_its_section_and_no_other(
    first: str, second: str, other: str
) -> None:
    page = bench.with_section("# Performance\nMethod.\n", "apply", first)
    page = bench.with_section(page, "wire", other)
    once = bench.with_section(page, "apply", second)
    assert once.startswith("# Performance\nMethod.\n")
    assert bench.with_section(once, "apply", second) == once
    assert once == bench.with_section(
        bench.with_section("# Performance\nMethod.\n", "apply", second), "wire", other
    )


def test_a_section_without_an_end_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="no end marker"):
        bench.with_section("<!-- begin apply -->\nrows", "apply", "new")


def test_an_unknown_benchmark_is_refused_with_the_list(tmp_path: Path) -> None:
    (tmp_path / "bench_apply.py").touch()
    assert list(bench.benchmarks(tmp_path, ["apply"])) == ["apply"]
    with pytest.raises(SystemExit, match="apply"):
        bench.benchmarks(tmp_path, ["aply"])
