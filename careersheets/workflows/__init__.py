"""The verbs of careersheets, each a short story over the rooms below. This module itself holds nothing."""
