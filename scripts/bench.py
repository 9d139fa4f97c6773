"""Measure one suite: `python scripts/bench.py SUITE [--json]`. The suites are the files of scripts/benches.

Run it with the Python of .venv. A suite's `run()` gives what was measured; `ratios` says against each peer how many
times faster ours is.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SUITES = Path(__file__).parent / "benches"


def main() -> None:
    """Run the suite asked for and print its figures."""
    asked = _arguments()
    sys.path.insert(0, str(SUITES))
    measured = importlib.import_module(asked.suite).run()
    result = {"suite": asked.suite, "machine": _machine(), "date": datetime.now(UTC).isoformat(), **measured}
    print(json.dumps(result, indent=2) if asked.json else _table(result))


def suite_names() -> list[str]:
    """The suites there are; files beginning with _ belong to one."""
    return sorted(path.stem for path in SUITES.glob("[a-z]*.py"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure one suite.")
    parser.add_argument("suite", choices=suite_names())
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    return parser.parse_args()


def _machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _table(result: dict[str, Any]) -> str:
    lines = [f"{result['suite']} on {result['machine']}"]
    lines += [f"  {name:<44} {value:>14}" for name, value in result["figures"].items()]
    lines += [f"  {f'times faster than {peer}':<44} {ratio:>14}" for peer, ratio in result["ratios"].items()]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
