"""The buttons of the workbook: caption, macro, and what each does. A button whose documents do not exist is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..documents.kinds import KINDS
from ..model.errors import NotFound
from ..vocabulary.evaluation import Evaluations, Scores
from ..vocabulary.people import People
from ..vocabulary.sheet import sheet_of
from ..vocabulary.workbook import START

Action = Literal["check", "report", "split", "merge", "release", "send", "collect", "remind", "stop"]
Scope = Literal["everyone", "selected rows", "managers"]

WHOLE_PACK = ("all",)
# Sheets whose rows name a person, so that rows can be selected there.
PEOPLE_SHEETS = tuple(sheet_of(model).name for model in (People, Evaluations, Scores))


@dataclass(frozen=True, slots=True)
class Button:
    """One button.

    `macro` is its Sub in the workbook and `kinds` the keys of the documents it makes. `sheets` are where it stands;
    `tip` is what the ribbon says of it, `icon` one of Office's own pictures.
    """

    caption: str
    macro: str
    action: Action
    tip: str
    icon: str
    sheets: tuple[str, ...] = (START,)
    scope: Scope = "everyone"
    kinds: tuple[str, ...] = ()
    main: bool = False

    @property
    def command(self) -> str:
        """What `RunPython` is given. It is put between double quotes there, so it holds none."""
        return f"from careersheets.surfaces.macros import press; press('{self.macro}')"


@dataclass(frozen=True, slots=True)
class _Documents:
    """The words of the buttons that make the documents of `kinds`; `by_manager` if also for one manager's people."""

    caption: str
    macro: str
    noun: str
    icon: str
    kinds: tuple[str, ...]
    by_manager: bool = False


_DOCUMENTS = (
    _Documents("Generate gap reports", "GenerateGapReports", "Gap reports", "FileNew", ("gap-report",), True),
    _Documents(
        "Prepare conversations",
        "PrepareConversations",
        "Conversations",
        "MeetingsWorkspace",
        ("manager-preparation", "employee-preparation", "page-for-hr"),
    ),
    _Documents(
        "Conversation summaries",
        "ConversationSummaries",
        "Summaries",
        "ReviewNewComment",
        ("conversation-summary", "round-up", "check-in"),
    ),
    _Documents(
        "Make development plans",
        "MakeDevelopmentPlans",
        "Development plans",
        "TaskCreate",
        ("development-plan",),
    ),
    _Documents("Make the whole pack", "MakeWholePack", "Whole pack", "FileSaveAs", WHOLE_PACK, True),
)
_CHECK = Button(
    "Check scores",
    "CheckScores",
    "check",
    "Finds what is wrong in this workbook, and where.",
    "Spelling",
    main=True,
)
_OTHERS = (
    Button(
        "Release evaluations",
        "ReleaseEvaluations",
        "release",
        "Releases what is approved, so that documents are no drafts any more; you see whose before.",
        "FileMarkAsFinal",
    ),
    Button(
        "Send documents",
        "SendDocuments",
        "send",
        "Sends released documents to the people they are for, each once; you see how many before.",
        "MailMergeFinishAndMergeMenu",
    ),
    Button(
        "Split scorecards",
        "SplitScorecards",
        "split",
        "One workbook per manager and one per employee, in the folder scorecards.",
        "ShareWorkbook",
    ),
    Button(
        "Merge scorecards",
        "MergeScorecards",
        "merge",
        "Brings back what managers and employees filled in; you see it before it is entered.",
        "ReviewCombineRevisions",
    ),
    Button(
        "Collect forms",
        "CollectForms",
        "collect",
        "Brings back what people wrote into their Word forms; you see it before it is entered.",
        "ReviewAcceptChange",
    ),
    Button(
        "This week",
        "ThisWeek",
        "remind",
        "What is due, with a mail draft and a calendar for everyone who should act.",
        "CalendarInsert",
    ),
    Button("Stop", "StopRun", "stop", "Stops what is running.", "Cancel"),
)


def all_buttons() -> list[Button]:
    """Every button that works, in the order in which they are shown."""
    there = {kind.key for kind in KINDS}
    documents = [words for words in _DOCUMENTS if words.kinds == WHOLE_PACK or there.issuperset(words.kinds)]
    return [_CHECK, *(button for words in documents for button in _document_buttons(words)), *_OTHERS]


def button_of(name: str) -> Button:
    """The button with this caption or macro, whatever its capitals.

    Raises:
        NotFound: there is none.
    """
    buttons = all_buttons()
    for button in buttons:
        if name.strip().casefold() in (button.caption.casefold(), button.macro.casefold()):
            return button
    raise NotFound("button", name, [button.caption for button in buttons])


def _document_buttons(words: _Documents) -> list[Button]:
    noun, kinds = words.noun, words.kinds
    buttons = [
        Button(
            words.caption,
            words.macro,
            "report",
            f"{noun} for everyone in the cycle in hand.",
            words.icon,
            kinds=kinds,
            main=True,
        ),
        Button(
            f"{noun}: selected rows",
            f"{words.macro}ForSelection",
            "report",
            f"{noun} for the people in the rows you selected.",
            words.icon,
            PEOPLE_SHEETS,
            "selected rows",
            kinds,
        ),
    ]
    if words.by_manager:
        buttons.append(
            Button(
                f"{noun}: managers' people",
                f"{words.macro}ForManagers",
                "report",
                f"{noun} for the people of the managers in the rows you selected.",
                words.icon,
                PEOPLE_SHEETS[:1],
                "managers",
                kinds,
            )
        )
    return buttons
