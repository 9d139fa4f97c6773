"""careersheets: from HR's career framework and scorecards to career conversations in Word."""

__version__ = "0.1.0"
