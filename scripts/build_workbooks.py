"""Build the workbook templates from the vocabulary, or say whether the committed ones are stale.

python scripts/build_workbooks.py            build them
python scripts/build_workbooks.py --check    exit with 1 if a committed template is not what would be built
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from careersheets.books.building import build_workbook

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "workbook_templates"
CAREERS = "careers.xlsx"


def build_templates(folder: Path) -> list[Path]:
    """Build every template into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    build_workbook(folder / CAREERS)
    return [folder / CAREERS]


def stale_templates(committed: Path = TEMPLATES) -> list[str]:
    """The names of the templates in `committed` that are missing or differ from what would be built."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = build_templates(Path(scratch))
        return [path.name for path in fresh if not _is_same(committed / path.name, path)]


def main() -> int:
    """Build or check; 0 if all is well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing; say what is stale")
    if parser.parse_args().check:
        stale = stale_templates()
        print("\n".join(f"{name} is stale: run scripts/build_workbooks.py" for name in stale) or "up to date")
        return 1 if stale else 0
    for path in build_templates(TEMPLATES):
        print(path.relative_to(ROOT))
    return 0


def _is_same(committed: Path, fresh: Path) -> bool:
    return committed.is_file() and committed.read_bytes() == fresh.read_bytes()


if __name__ == "__main__":
    sys.exit(main())
