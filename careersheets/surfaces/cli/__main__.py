"""`python -m careersheets.surfaces.cli` is the command `careersheets`."""

from .main import main

main()
