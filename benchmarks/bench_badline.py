"""Changed rows over lines as bad as the field's: this program beside Anki and PouchDB, real packets, the same cuts."""

import os
import random
import statistics
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from benchmarks.peers.bad_line import Profile
from benchmarks.peers.install import Missing, anki_python, pouchdb_project
from benchmarks.peers.legs import WAYS, busy_share
from benchmarks.peers.persisting import PROGRAMS, Run, Work, line

_WORST = Profile(64_000, 600)
_POOR = Profile(256_000, 600)


@dataclass(frozen=True, slots=True)
class Case:
    """A line and the work to do over it; ``plain`` names the same without loss and cuts."""

    words: str
    profile: Profile
    work: Work
    plain: str = ""


_EDITS, _NEW, _MANY = Work(6_000, 0, 1_000), Work(0, 1_000, 0), Work(0, 3_000, 0)
CASES = {
    "edits-plain": Case("64 kbit/s, clean; 1,000 corrections", _WORST, _EDITS),
    "edits-worst": Case(
        "64 kbit/s, 5 % lost, reset every 20 s; 1,000 corrections",
        replace(_WORST, loss=0.05, cut_every=20.0), _EDITS, "edits-plain",
    ),
    "new-plain": Case("64 kbit/s, clean; 1,000 new rows", _WORST, _NEW),
    "new-worst": Case(
        "64 kbit/s, 5 % lost, reset every 20 s; 1,000 new rows",
        replace(_WORST, loss=0.05, cut_every=20.0), _NEW, "new-plain",
    ),
    "poor-plain": Case("256 kbit/s, clean; 1,000 new rows", _POOR, _NEW),
    "poor-lossy": Case("256 kbit/s, 5 % lost; 1,000 new rows", replace(_POOR, loss=0.05), _NEW, "poor-plain"),
    "many-plain": Case("256 kbit/s, clean; 3,000 new rows", _POOR, _MANY),
    "many-cut": Case(
        "256 kbit/s, reset every 20 s; 3,000 new rows", replace(_POOR, cut_every=20.0), _MANY, "many-plain"
    ),
}  # fmt: skip
Results = dict[tuple[str, str, str], list[Run]]


def programs(missing: list[str]) -> list[str]:
    """Whoever can be measured here; those who cannot are named with the reason."""
    found = [name for name in os.environ.get("TARAHUM_BENCH_PEERS", ",".join(PROGRAMS)).split(",") if name]
    for name, install in (("Anki", anki_python), ("PouchDB", pouchdb_project)):
        try:
            install()
        except Missing as reason:
            missing.append(f"{name} was not measured: {reason}.")
            found = [each for each in found if each != name]
    return found


def run(names: list[str], cases: list[str], rounds: int, seconds: float, at_once: int) -> Results:
    """All of it, some side by side, since the lines and not the processors are the limit.

    In a round every program meets the same packets' luck and, after the same seconds, the same cuts.
    """
    jobs = [(case, each, name) for each in range(rounds) for case in cases for name in names]
    results: Results = {}

    def job(number: int) -> None:
        case, each, name = jobs[number]
        profile = _of_round(CASES[case].profile, each)
        with line(f"bad{os.getpid()}x{number}") as over:
            runs = PROGRAMS[name](over, profile, CASES[case].work, seconds)
        for one in runs:
            results.setdefault((case, name, one.way), []).append(one)
            print(f"  {case}, {name}: {one}", file=sys.stderr, flush=True)

    with ThreadPoolExecutor(at_once) as pool:
        list(pool.map(job, range(len(jobs))))
    return results


def _of_round(profile: Profile, each: int) -> Profile:
    first = random.Random(each).uniform(2, profile.cut_every) if profile.cut_every else 0.0
    return replace(profile, seed=each + 1, first_cut=first)


def table(results: Results, cases: list[str], names: list[str]) -> None:
    """Every case and program."""
    print(
        "| line and work | program | way | done | seconds | KiB on the line | contents again | TLS, HTTP, calls more | TCP again, KiB | tries | connections |"
    )
    print("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for case in cases:
        for name in names:
            for way in WAYS:
                print(_row(results, case, name, way))


def _row(results: Results, case: str, name: str, way: str) -> str:
    runs = results[case, name, way]
    done = [one for one in runs if one.done]
    shown = sorted(one.seconds for one in done) or [float("nan")]
    seconds = f"{statistics.median(shown):.1f} ({shown[0]:.1f}–{shown[-1]:.1f})" if done else "never"
    octets = statistics.median(one.line["up"] + one.line["down"] for one in runs) / 1024
    plain = results.get((CASES[case].plain, name, way))
    moved, again = (statistics.median(getattr(one, what) for one in runs) for what in ("moved", "again"))
    beyond = f"{(_streamed(runs) - again) / _streamed(plain) - 1:+.0%}" if plain else ""
    repeated = statistics.median(one.line["repeated"] for one in runs) / 1024
    cells = (
        CASES[case].words, name, way, f"{len(done)} of {len(runs)}", seconds, f"{octets:,.0f}",
        f"{again / moved:.1%}" if moved else "", beyond, f"{repeated:,.0f}",
        f"{statistics.median(one.tries for one in runs):.0f}",
        f"{statistics.median(one.line['connections'] for one in runs):.0f}",
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _streamed(runs: list[Run]) -> float:
    return statistics.median(one.line["stream_up"] + one.line["stream_down"] for one in runs)


METHOD = """\
Each way of each program has a line of its own, made of real packets: two network namespaces joined by TUN devices, between them
the bit rate each way, 600 ms there and back, a queue of 64 KiB, packets of 1,400 bytes lost by chance, and at a cut a TCP
reset to both ends and 3 s in which nothing passes. The kernels' TCP (reno) does the rest. In a round all programs meet the same
chances, the first cut between 2 and 20 s after the start. Rows and programs are those of the comparison above; corrections
change one field each of persons, households, plan items and follow-ups. A client that fails waits a second and tries
again, up to {seconds:.0f} s. «KiB on the line» are IP packets both ways, lost ones too. «Contents again» are bytes of batches
handed over or taken more than once, or thrown away at a cut, in all that were (counted in this program alone; a batch counts
in full, whether or not it had left the machine). «TLS, HTTP, calls more» is what the connections carried more than by the same
program without loss and cuts, without those contents (with them, for the others); «TCP again» is what the kernels repeated.
Rounds: {rounds} (medians, with least–most); {at_once} lines at a time; other programs kept {busy:.0%} of the processors busy before.
"""


def main() -> None:
    """Print the section."""
    missing: list[str] = []
    names = programs(missing)
    cases = [name for name in os.environ.get("TARAHUM_BENCH_LINES", ",".join(CASES)).split(",") if name]
    rounds = int(os.environ.get("TARAHUM_BENCH_ROUNDS", "3"))
    seconds, at_once = float(os.environ.get("TARAHUM_BENCH_SECONDS", "300")), 12
    busy = busy_share()
    results = run(names, cases, rounds, seconds, at_once)
    print("## Bad lines, beside Anki and PouchDB\n")
    print(METHOD.format(seconds=seconds, rounds=rounds, at_once=at_once, busy=busy))
    print(" ".join(missing) + "\n" if missing else "", end="")
    table(results, cases, names)


if __name__ == "__main__":
    main()
