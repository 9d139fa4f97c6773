"""What can be wrong with forms that come back. What is found is never entered without somebody saying so."""

from __future__ import annotations

from ..model.findings import Rule, Severity

FORM_NOT_READ = Rule(
    "CS806",
    Severity.ERROR,
    "the form {reason}",
    "{fix}",
    "What was filled in there is not entered.",
)
NOT_A_FORM = Rule(
    "CS807",
    Severity.ERROR,
    "the document is not a form made by careersheets.",
    "Choose the form that was handed out, filled in and saved.",
    "Nobody can tell which answer is which, or whose it is.",
)
MARK_LOST = Rule(
    "CS808",
    Severity.ERROR,
    "the form has lost the properties that say whose it is.",
    "Copy the answers into a new copy of the form, and save it in Word or LibreOffice.",
    "Whose form it is comes from these properties, never from a name that somebody typed.",
)
TAMPERED = Rule(
    "CS809",
    Severity.ERROR,
    "the properties that say whose form this is were changed after it was made.",
    "Ask who filled it in, and copy the answers into a new copy of the form.",
    "Answers of one person could end up with another. Source: REQUIREMENTS C9.",
)
OTHER_KIND = Rule(
    "CS810",
    Severity.ERROR,
    'the form is of the kind "{kind}", which is not collected here.',
    "Collect it with the version of careersheets that made it, or copy the answers into a new form.",
    "Nobody can tell where its answers belong.",
)
OTHER_PERSON = Rule(
    "CS811",
    Severity.ERROR,
    "the form was made about somebody else who has the ID {person}; it comes from another workbook.",
    "Collect it into the workbook that it was made from.",
    "The same ID is somebody else there.",
)
NOBODY = Rule(
    "CS812",
    Severity.ERROR,
    'the form is about "{person}", who is not on the sheet People.',
    "Collect it into the workbook that it was made from, or add the person again.",
    "Answers need somebody they belong to.",
)
OTHER_CYCLE = Rule(
    "CS813",
    Severity.ERROR,
    'the form was made in the cycle "{cycle}", which is not on the sheet Cycles.',
    "Collect it into the workbook that it was made from, or add the cycle again.",
    "What it asks about is not in this workbook.",
)
OTHER_CONVERSATION = Rule(
    "CS814",
    Severity.ERROR,
    "the conversation {conversation} that the form is about is not on the sheet Conversations for this person.",
    "Put the row back, or collect the form into the workbook that it was made from.",
    "Its answers would hang in the air.",
)
OLDER_DATA = Rule(
    "CS815",
    Severity.WARNING,
    "the form was made from older data. {affected}",
    "Look at what changed since; then accept these lines one by one, or have the form filled in again.",
    "Somebody answered what the workbook said then. Source: REQUIREMENTS C9.",
)
CHANGED_SINCE = Rule(
    "CS816",
    Severity.ERROR,
    '{column} says "{theirs}" here and "{ours}" in the workbook, which changed since the form was made.',
    "Talk to both, then accept the line or leave the workbook as it is.",
    "Neither overwrites the other.",
)
ROW_GONE = Rule(
    "CS817",
    Severity.ERROR,
    "the row that this is about, {row}, is no longer on the sheet {sheet}.",
    "Put it back and collect again, or enter the answer by hand.",
    "An answer must not end up in another row.",
)
SAME_FILE = Rule(
    "CS818",
    Severity.WARNING,
    'the file is the same as "{other}"; it is read once.',
    "Nothing to do.",
    "What is read twice could be entered twice.",
)
TWO_COPIES = Rule(
    "CS819",
    Severity.WARNING,
    'there is another copy of this form, "{other}".',
    "Look at the lines where the two differ, and accept one of them.",
    "Only one of them is what was meant.",
)
DIFFERENT = Rule(
    "CS820",
    Severity.ERROR,
    'the answer differs from the one in "{other}".',
    "Ask which one is meant, then accept that line.",
    "Nobody can tell which of the two counts.",
)
COLLECTED_BEFORE = Rule(
    "CS821",
    Severity.WARNING,
    "the form was collected before, to the last letter.",
    "Nothing to do. If lines were left out that are wanted now, collect it with --again and accept them.",
    "Nothing is entered twice.",
)
OFFERED_AGAIN = Rule(
    "CS830",
    Severity.WARNING,
    "the form was collected before; what the workbook does not say yet is offered again.",
    "Accept the lines that are wanted now.",
    "They were left out then, or the workbook changed since.",
)
OTHER_COPY_COLLECTED = Rule(
    "CS822",
    Severity.WARNING,
    "another copy of this form was collected before.",
    "Accept the lines that are new or corrected.",
    "What was entered from the first copy could be entered again.",
)
BROKEN_OFF = Rule(
    "CS823",
    Severity.WARNING,
    "an earlier run broke off while it entered this form.",
    "Look in the workbook what is there already, and accept the lines that are missing.",
    "It is not known how far that run came.",
)
NOT_ACCEPTED = Rule(
    "CS824",
    Severity.ERROR,
    '"{answer}" cannot stand in the column "{column}" of the sheet {sheet}: {why}.',
    "Ask what is meant, and enter it by hand.",
    "The rest of the form is taken.",
)
INCOMPLETE = Rule(
    "CS825",
    Severity.ERROR,
    'a new row for the sheet {sheet} lacks "{column}".',
    "Ask for it, and enter the row by hand.",
    "A row without it means nothing.",
)
EMPTIED = Rule(
    "CS826",
    Severity.WARNING,
    '"{ours}" was deleted from the form.',
    "Accept the line if the cell is to be emptied.",
    "A field may have been emptied by accident.",
)
OLDER_VERSION = Rule(
    "CS827",
    Severity.WARNING,
    "this is version {version} of the summary; the workbook is at version {now}.",
    "Have the newer version filled in, or accept these lines one by one.",
    "Corrections to what was corrected since say nothing about it. Source: REQUIREMENTS C8.",
)
NOTHING_FILLED_IN = Rule(
    "CS828",
    Severity.NOTE,
    "nothing in the form is new.",
    "Ask whether the right file was sent, if you expected answers.",
    "A form that was sent back unsaved looks like this.",
)
NO_COLUMN = Rule(
    "CS829",
    Severity.ERROR,
    'the sheet {sheet} lacks the column "{column}" for this answer.',
    "Add the column and collect again, or enter the answer by hand.",
    "An answer without a column has no place.",
)


def collect_rules() -> list[Rule]:
    """All of them, by code."""
    return sorted(
        (value for value in globals().values() if isinstance(value, Rule)), key=lambda rule: rule.code
    )
