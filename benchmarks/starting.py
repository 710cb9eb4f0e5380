"""Start-up, beside dbt's."""

from __future__ import annotations

from measure import Figure, median_run, script


def figures(times: int) -> list[Figure]:
    """``dbee-dbt --version`` and ``--help``, beside ``dbt --help``."""
    dbt = median_run([script("dbt"), "--help"], times)
    return [
        Figure(
            what=f"dbee-dbt {option}",
            seconds=median_run([script("dbee-dbt"), option], times),
            reach=reach,
            peer="dbt --help",
            peer_seconds=dbt,
        )
        for option, reach in (("--version", 0.15), ("--help", 0.25))
    ]
