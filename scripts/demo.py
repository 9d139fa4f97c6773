"""Show careersheets at work: a workspace of fictional people, its workbook checked, a Word document for each.

`python3 scripts/demo.py [FOLDER]`. Without a folder, `demo` beside this project, or `demo-2` if that is there, and so on.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from setup_environment import ROOT, environment, run


def free_folder() -> Path:
    """The first of demo, demo-2, demo-3 ... that is not there yet."""
    names = ("demo" if number == 1 else f"demo-{number}" for number in count(1))
    return next(Path(name) for name in names if not (ROOT / name).exists())


if __name__ == "__main__":
    given = [str(Path(argument).resolve()) if argument[:1] != "-" else argument for argument in sys.argv[1:]]
    folder = [] if any(argument[:1] != "-" for argument in given) else [free_folder()]
    sys.exit(
        run([environment(development=False), "-m", "careersheets.surfaces.cli", "demo", *folder, *given])
    )
