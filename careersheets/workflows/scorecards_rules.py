"""What can be wrong with scorecards that come back. Nothing that is found here is entered; everything else is."""

from __future__ import annotations

from ..model.findings import Rule, Severity

NOT_READ = Rule(
    "CS701",
    Severity.ERROR,
    "the file cannot be read: {reason}",
    "{fix}",
    "What was filled in there is not entered.",
)
NO_SCORECARD = Rule(
    "CS702",
    Severity.ERROR,
    "the file is no scorecard: it has no sheet Scores.",
    "Take it out of the folder, or give the sheet its name back.",
    "What was filled in there is not entered.",
)
IDENTITY_CHANGED = Rule(
    "CS703",
    Severity.ERROR,
    "the hidden sheet by which a scorecard is known was changed or deleted.",
    "Copy the entries into a new scorecard, or into the workbook by hand.",
    "Without it nobody can tell whose ratings these are and what stood there before.",
)
OTHER_WORKBOOK = Rule(
    "CS704",
    Severity.ERROR,
    "the scorecard was given out from another career workbook.",
    "Merge it into the workbook it came from.",
    "The same ID may mean somebody else there.",
)
STALE = Rule(
    "CS705",
    Severity.ERROR,
    "a newer scorecard was given out to {owner} since this one.",
    "Ask for the newer one, or copy what is missing by hand.",
    "The older one does not know what changed in between.",
)
TWICE = Rule(
    "CS706",
    Severity.ERROR,
    'the scorecard is in the folder twice; the other file is "{other}".',
    "Keep the one that is right.",
    "Nobody can tell which of the two counts.",
)
STRUCTURE = Rule(
    "CS707",
    Severity.ERROR,
    "{what}",
    "Put it back as it was given out, or copy the entries into a new scorecard.",
    "Columns are found by their headers; what is not found is not entered.",
)
FOREIGN_PERSON = Rule(
    "CS708",
    Severity.ERROR,
    '"{person}" does not belong to this scorecard.',
    "Correct the employee ID, or take the row out.",
    "Nobody may rate a person whose ratings they were not asked for.",
)
NOT_ASKED = Rule(
    "CS709",
    Severity.ERROR,
    '"{competency}" of {person} was not asked for on this scorecard.',
    "Correct the competency ID, or enter the rating in the workbook by hand.",
    "A rating on something that is not asked for counts nowhere.",
)
ROW_TWICE = Rule(
    "CS710",
    Severity.ERROR,
    'the row of {person} and "{competency}" stands twice, first in row {first}.',
    "Keep one of the two.",
    "Nobody can tell which of the two counts; the first one is read.",
)
ROW_GONE = Rule(
    "CS711",
    Severity.WARNING,
    'the row of {person} and "{competency}" is gone.',
    "Nothing is deleted in the workbook. Ask whether it was meant.",
    "A deleted row may hide a rating that was forgotten.",
)
EXPECTATION_CHANGED = Rule(
    "CS712",
    Severity.WARNING,
    "what is required was changed from {required} to {found}.",
    "Change it on the sheet Expectations if it is wrong; here it has no effect.",
    "The rating may have been given against another yardstick.",
)
CONFLICT = Rule(
    "CS713",
    Severity.ERROR,
    "{column} of {person} says {theirs} here, and {ours} in the workbook, which changed since the scorecard was given out.",
    "Talk to both, then enter the right one in the workbook.",
    "Neither overwrites the other.",
)
OTHER_CYCLE = Rule(
    "CS714",
    Severity.ERROR,
    'the cycle "{cycle}" {why}.',
    "Merge scorecards while their cycle is open, or correct the sheet Cycles.",
    "Past cycles are a record and are not changed by scorecards.",
)
OFF_SCALE = Rule(
    "CS715",
    Severity.ERROR,
    "the rating {rating} is outside the scale ({low} to {high}).",
    "Choose one from the list, or N/A.",
    "A rating that is no point of the scale cannot be compared with what is required.",
)
NOT_READABLE = Rule(
    "CS716",
    Severity.ERROR,
    "{what}",
    "{fix}",
    "The cell is not entered.",
)
PERSON_GONE = Rule(
    "CS717",
    Severity.ERROR,
    '"{person}" is not on the sheet People any more.',
    "Add the person again, or leave the ratings out.",
    "A rating needs somebody it belongs to.",
)


def scorecard_rules() -> list[Rule]:
    """All of them, by code."""
    return sorted(
        (value for value in globals().values() if isinstance(value, Rule)), key=lambda rule: rule.code
    )
