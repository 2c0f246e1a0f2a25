"""New rows from one desktop through the centre to another: three processes, HTTPS, PostgreSQL, encrypted files."""

import os

from benchmarks.peers.ours import ADDRESS, legs

AMOUNTS = tuple(int(amount) for amount in os.environ.get("TARAHUM_BENCH_ROWS", "10000,100000").split(","))


def main() -> None:
    """Print the section."""
    below = "PostgreSQL" if os.environ.get(ADDRESS) else "an embedded SQLite file"
    found = [leg for rows in AMOUNTS for leg in legs(rows)]
    print("## A whole exchange\n")
    print(
        "Mixed rows of the invented year (persons, households, visits, ratings, plans, deliveries …), saved through captured "
        "sessions on an encrypted desktop, go over HTTPS to a centre with one worker on "
        f"{below}, and from its log to a second encrypted desktop; all processes on one machine. Bytes are TCP payload both "
        "ways, TLS included; peak memory is counted from the start of each exchange.\n"
    )
    print("| rows | way | rows/s | bytes a row | requests | desktop's peak, MiB | centre's peak, MiB |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for leg in found:
        print(
            f"| {leg.rows:,} | {leg.way} | {leg.speed:,.0f} | {leg.bytes_a_row:.1f} | {leg.requests} | {leg.client_mib} "
            f"| {leg.server_mib} |"
        )


if __name__ == "__main__":
    main()
