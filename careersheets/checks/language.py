"""Do statements say what one can see? Vague wording, each with a rewrite (source: REQUIREMENTS F5, D2, E7).

The words are data, in starters/wording.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Literal

import pandas as pd

from ..model.findings import Finding, Rule, Severity
from ..tables.tables import Table
from ..vocabulary.evaluation import Observations
from ..vocabulary.framework import Expectations
from ..vocabulary.plans import ActionItems, Goals, PlanTemplates
from ..vocabulary.settings import Cycles
from ..vocabulary.wording import OwnWording
from . import wording_signs as signs
from .dictionary import Phrasebook, example_for, phrasebook, phrases, unseen_verbs
from .placing import report_rows
from .plans import open_rows
from .review import Review
from .statements import Statement

Kind = Literal["expectation", "action", "observation"]

VAGUE = Rule(
    "CS521",
    Severity.WARNING,
    '"{phrase}" cannot be seen; two observers will judge it differently.',
    "Say what the person does, for example: {rewrite}.",
    "What cannot be observed cannot be rated fairly, and nobody can tell from it what to do differently.",
)
UNSEEN_VERB = Rule(
    "CS522",
    Severity.NOTE,
    'a statement begins with "{phrase}", which goes on in a head.',
    "Begin with what can be seen: {rewrite}.",
    "A rating needs something that was seen; what somebody knows or feels shows only in what they do.",
)
TRAIT = Rule(
    "CS523",
    Severity.WARNING,
    '"{phrase}" says what somebody is, not what they do.',
    "Say what the person does, for example: {rewrite}.",
    "Nobody can change what they are called, and observers mean different things by it.",
)
COMPARATIVE = Rule(
    "CS524",
    Severity.WARNING,
    '"{phrase}" has no measure.',
    "Say from what to what, or what will be there: {rewrite}.",
    "Without a measure nobody can tell whether it has become better.",
)
NO_DELIVERABLE = Rule(
    "CS525",
    Severity.WARNING,
    "this action does not say what will be there to see when it is done.",
    "Name a piece of work, an event or a figure, for example: {rewrite}.",
    "An action is done when others can see it; otherwise it stays open for ever. Source: REQUIREMENTS D2.",
)
NO_DATE = Rule(
    "CS526",
    Severity.WARNING,
    "nothing says until when this action is to be done.",
    "Add the day, for example: {rewrite}.",
    "What has no day is put off. Source: REQUIREMENTS D2.",
)
NO_OWNER = Rule(
    "CS527",
    Severity.WARNING,
    '"{phrase}" leaves open who acts.',
    "Begin with the verb, and name who does it, for example: {rewrite}.",
    "What is everybody's task is nobody's. Source: REQUIREMENTS D2.",
)
ABSOLUTE = Rule(
    "CS528",
    Severity.WARNING,
    '"{phrase}" cannot have been seen.',
    "Say what was seen on one day, for example: {rewrite}.",
    "One day on which it was otherwise, and the observation is worth nothing. Source: REQUIREMENTS E7.",
)
JUDGEMENT = Rule(
    "CS529",
    Severity.WARNING,
    '"{phrase}" judges instead of saying what happened.',
    "Say what the person said or did, for example: {rewrite}.",
    "Others can check what was done; a verdict they can only believe. Source: REQUIREMENTS E7.",
)


NO_PHRASES = phrasebook(())
_RULES = (VAGUE, UNSEEN_VERB, TRAIT, COMPARATIVE, NO_DELIVERABLE, NO_DATE, NO_OWNER, ABSOLUTE, JUDGEMENT)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is vague in a text: the `rule` it breaks, the words that do, and what to say instead."""

    rule: Rule
    phrase: str
    rewrite: str


def check_wording(
    text: str,
    kind: Kind = "expectation",
    sheet: str = "",
    cell: str = "",
    *,
    has_due: bool = False,
    has_owner: bool = False,
) -> list[Finding]:
    """The findings that one statement gives, placed at `cell` of `sheet`.

    Args:
        text: the statement.
        kind: what it is; actions need something to show, a day and somebody who acts, observations a deed.
        sheet: where it stands.
        cell: where it stands.
        has_due: the row gives the day of an action.
        has_owner: the row names who acts.
    """
    return [
        wording.rule.found(sheet, cell, values={"phrase": wording.phrase, "rewrite": wording.rewrite})
        for wording in find_wording(text, kind, has_due=has_due, has_owner=has_owner)
    ]


def find_wording(
    text: str,
    kind: Kind = "expectation",
    *,
    has_due: bool = False,
    has_owner: bool = False,
    own: Phrasebook = NO_PHRASES,
) -> list[Wording]:
    """What is vague in one statement: listed phrases, else the first other sign; then what an action lacks.

    Args:
        text: the statement.
        kind: what it is.
        has_due: the row gives the day of an action.
        has_owner: the row names who acts.
        own: more phrases, with what to say instead, "" for an example of the dictionary's.
    """
    said = Statement(text)
    if not said.words:
        return []
    found = _listed(said, kind, own) or _first_sign(said, kind)
    if kind == "action" and said.is_english:
        found += _lacking(said, vague=bool(found), has_due=has_due, has_owner=has_owner)
    return found


def find_in_goal(text: str, *, has_measure: bool = False, own: Phrasebook = NO_PHRASES) -> list[Wording]:
    """What is vague in a goal or its measure; where there is a measure beside it, that says what better means."""
    said = Statement(text)
    found = _listed(said, "action", own) if said.words else []
    if has_measure:
        return [wording for wording in found if wording.rule is VAGUE]
    return found or (_first_sign(said, "action") if said.words else [])


def check_language(review: Review) -> Iterator[Finding]:
    """Expectations, plan templates, open goals and actions, and what was observed in the cycle in hand.

    An action item without owner or day is said by the check of plans; templates get their owner with the person.
    """
    own = _own_phrases(review)
    expectations = review.tables[Expectations]
    yield from _check_rows(expectations, expectations.frame, "behaviours", partial(find_wording, own=own))
    templates = review.tables[PlanTemplates]
    given = templates.frame[templates.frame["kind"].eq("Action")]
    dated = given["due_in_days"].notna()
    action = partial(find_wording, kind="action", own=own)
    yield from _check_rows(templates, given[dated], "text", partial(action, has_due=True))
    yield from _check_rows(templates, given[~dated], "text", action)
    yield from _check_goals(review.tables[Goals], open_rows(review, review.tables[Goals]), own)
    items = review.tables[ActionItems]
    whole = partial(action, has_due=True, has_owner=True)
    yield from _check_rows(items, open_rows(review, items), "action", whole)
    seen = partial(find_wording, kind="observation", own=own)
    yield from _check_rows(review.tables[Observations], _observed(review), "behaviour", seen)


def _check_goals(table: Table, goals: pd.DataFrame, own: Phrasebook) -> Iterator[Finding]:
    measured = goals["measure"].notna()
    plain = partial(find_in_goal, own=own)
    yield from _check_rows(table, goals[~measured], "goal", plain)
    yield from _check_rows(table, goals[measured], "goal", partial(plain, has_measure=True))
    yield from _check_rows(table, goals[measured], "measure", plain)


def _own_phrases(review: Review) -> Phrasebook:
    """What HR added on the sheet Wording."""
    rows = review.tables.frame(OwnWording).dropna(subset="phrase")
    return phrasebook(zip(rows["phrase"], rows["say_instead"].fillna(""), strict=True))


def _observed(review: Review) -> pd.DataFrame:
    """Observations of people who are evaluated in the cycle in hand, from its days; those without a day count."""
    cycle = review.tables.frame(Cycles).drop_duplicates("cycle").set_index("cycle").reindex([review.cycle])
    start, end = cycle["start"].iloc[0], cycle["end"].iloc[0]
    seen = review.tables.frame(Observations)
    seen = seen[seen["employee_id"].isin(review.people.index)]
    outside = seen["date"].lt(start) | seen["date"].gt(end)
    return seen[~outside]


def _check_rows(
    table: Table, rows: pd.DataFrame, column: str, find: Callable[[str], list[Wording]]
) -> Iterator[Finding]:
    """One finding for each rule, phrase and cell; the same text is looked at once."""
    texts = rows[column].explode().dropna()
    found = {text: find(text) for text in texts.unique()}
    wordings = texts.map(found).explode().dropna()
    for rule in _RULES:
        same = wordings[[wording.rule is rule for wording in wordings]]
        said = pd.DataFrame(
            {"phrase": [each.phrase for each in same], "rewrite": [each.rewrite for each in same]},
            index=same.index,
        )
        if "employee_id" in rows:
            said["employee_id"] = rows["employee_id"].reindex(said.index)
        once = ~said.assign(row=said.index).duplicated(["row", "phrase"])
        yield from report_rows(rule, table, column, said[once])


def _listed(said: Statement, kind: Kind, own: Phrasebook) -> list[Wording]:
    """The phrases of the dictionary and of HR, each once, and the verb of the mind that the text begins with."""
    found = {phrase: example_for(kind, (), theme) for phrase, theme in phrases().find(said.words)}
    found |= {phrase: instead or example_for(kind, said.words) for phrase, instead in own.find(said.words)}
    wordings = [Wording(VAGUE, " ".join(phrase), rewrite) for phrase, rewrite in found.items()]
    opens = next(
        (entry for place in (0, said.opening) if (entry := unseen_verbs().at(said.words, place))), None
    )
    return wordings + ([Wording(UNSEEN_VERB, " ".join(opens[0]), opens[1])] if opens else [])


def _first_sign(said: Statement, kind: Kind) -> list[Wording]:
    judges = JUDGEMENT if kind == "observation" else VAGUE
    for rule, phrase in _signs(said, kind, judges):
        if phrase:
            return [Wording(rule, phrase, example_for(kind, said.words))]
    return []


def _signs(said: Statement, kind: Kind, judges: Rule) -> Iterator[tuple[Rule, str]]:
    if kind == "observation":
        yield ABSOLUTE, signs.find_absolute(said)
    yield TRAIT, signs.find_trait(said, kind)
    yield COMPARATIVE, signs.find_comparative(said, kind)
    yield judges, signs.find_judgement(said, kind)
    yield judges, signs.find_quality(said)
    yield judges, signs.find_soft(said)
    if kind == "observation":
        yield judges, signs.find_description(said)
        yield judges, signs.find_no_event(said)


def _lacking(said: Statement, *, vague: bool, has_due: bool, has_owner: bool) -> list[Wording]:
    """What an action lacks; a vague one is not told as well that there is nothing to see."""
    rewrite = example_for("action", said.words)
    found = []
    if not vague and not said.makes:
        found.append(Wording(NO_DELIVERABLE, "", rewrite))
    if not has_due and not said.says_when:
        found.append(Wording(NO_DATE, "", rewrite))
    if not has_owner and (phrase := signs.names_no_owner(said)):
        found.append(Wording(NO_OWNER, phrase, rewrite))
    return found
