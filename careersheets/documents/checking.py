"""Is a template usable? Each fault with its tag and place, before HR makes a hundred documents with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..model.errors import CareersheetsError, NotFound
from ..model.findings import Finding, Rule, Severity
from .content.sample import sample_results
from .errors import TemplateFault, TemplateRefused
from .faults import FORBIDDEN, NO_CHART, SYNTAX, UNCLOSED, UNKNOWN, Fault, find_faults
from .kind import Kind
from .kinds import KINDS
from .letter_tags import letter_faults
from .letters import template_bytes, template_text, trial_letter
from .making import Prepared
from .package import read_parts
from .template import Template

_NOT_USABLE = "No document can be made with this template until it is mended."

REFUSED_FILE = Rule("CS601", Severity.ERROR, "this template {reason}", "{fix}", _NOT_USABLE)
UNKNOWN_NAME = Rule(
    "CS602",
    Severity.ERROR,
    "the tag {tag} names something that is not there: {why}.",
    "Correct the name in the tag.",
    _NOT_USABLE,
)
UNCLOSED_BLOCK = Rule(
    "CS603",
    Severity.ERROR,
    "the tag {tag} does not pair up: {why}.",
    'Give every "if" its "endif" and every "for" its "endfor", in the same part of the document.',
    _NOT_USABLE,
)
UNREADABLE_TAG = Rule(
    "CS604",
    Severity.ERROR,
    "the tag {tag} cannot be read: {why}.",
    "Correct the tag; write it within one paragraph.",
    _NOT_USABLE,
)
FORBIDDEN_TAG = Rule(
    "CS605",
    Severity.ERROR,
    "the tag {tag} asks for something a template may not do: {why}.",
    "Use only the names listed for this kind of document, conditions, loops and the usual filters.",
    "A template is followed with people's data at hand, so it may show them and nothing else.",
)
UNKNOWN_CHART = Rule(
    "CS606",
    Severity.ERROR,
    "the chart with {tag} has nothing to show: {why}.",
    "Correct the name in the chart's alternative text.",
    _NOT_USABLE,
)
FAILED_TRIAL = Rule(
    "CS607",
    Severity.ERROR,
    "a trial with invented people fails: {why}",
    "Look at the tags near the place named.",
    _NOT_USABLE,
)
_BY_KIND = {
    UNKNOWN: UNKNOWN_NAME,
    UNCLOSED: UNCLOSED_BLOCK,
    SYNTAX: UNREADABLE_TAG,
    FORBIDDEN: FORBIDDEN_TAG,
    NO_CHART: UNKNOWN_CHART,
}


def check_template(path: Path, kind_key: str) -> list[Finding]:
    """What is wrong in the template at `path`, used for the kind `kind_key`.

    Returns:
        Findings whose sheet is the file's name and whose cell is the place in words.

    Raises:
        NotFound: there is no such kind.
    """
    kind = next((kind for kind in KINDS if kind.key == kind_key), None)
    if kind is None:
        raise NotFound("kind of document", kind_key, [kind.key for kind in KINDS])
    results = sample_results()
    people = [person for person in results.evaluated.index if kind.fits(results, person)]
    contexts = [kind.context(results, person) for person in people]
    try:
        return _found(path, kind, contexts)
    except TemplateRefused as refused:
        values: dict[str, object] = {"reason": refused.reason, "fix": refused.fix}
        return [REFUSED_FILE.found(path.name, "", values=values)]


def template_rules() -> list[Rule]:
    """Every rule of this room."""
    return [
        REFUSED_FILE,
        UNKNOWN_NAME,
        UNCLOSED_BLOCK,
        UNREADABLE_TAG,
        FORBIDDEN_TAG,
        UNKNOWN_CHART,
        FAILED_TRIAL,
    ]


def _finding(name: str, fault: Fault) -> Finding:
    values: dict[str, object] = {"tag": fault.tag.shown, "why": fault.why}
    return _BY_KIND[fault.kind].found(name, fault.tag.place, values=values)


def _found(path: Path, kind: Kind, contexts: list[dict[str, Any]]) -> list[Finding]:
    """The faults of the template's tags; where there is none, what only rendering shows."""
    if kind.form == "letter":
        data = template_bytes(path)
        faults = letter_faults(path.name, template_text(path.name, data), contexts[0])
        found = [_finding(path.name, fault) for fault in faults]
        return found or _trial(path.name, lambda: trial_letter(path.name, data), contexts)
    parts = read_parts(path)
    found = [_finding(path.name, fault) for fault in find_faults(path.name, parts, contexts[0])]
    return found or _trial(path.name, lambda: Template(path.name, parts), contexts)


def _trial(name: str, load: Callable[[], Prepared], contexts: list[dict[str, Any]]) -> list[Finding]:
    """What only rendering shows."""
    try:
        template = load()
        for context in contexts:
            template.render(context)
    except TemplateRefused:
        raise
    except CareersheetsError as error:
        place = error.place if isinstance(error, TemplateFault) else ""
        return [FAILED_TRIAL.found(name, place, values={"why": str(error)})]
    return []
