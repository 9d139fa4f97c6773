"""Show careersheets at work: a workspace of fictional people, its workbook checked, a Word document for each."""

from __future__ import annotations

import sys

from setup_environment import environment, run

if __name__ == "__main__":
    sys.exit(run([environment(development=False), "-m", "careersheets.surfaces.cli", "demo", *sys.argv[1:]]))
