"""Words by which headers, levels, totals and ratings are recognised in tables of all kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...tables.headers import fold

_HEADERS: Mapping[str, str] = {
    "family": "family, job family, function, discipline, profession",
    "track": "track, ladder, path, career path, stream, career track",
    "rank": "rank, level rank, level number, level no, order, job zone",
    "level_code": "level code, grade code, level id, job code",
    "level": "level, level name, grade, job title, title, role, position, job level, band, job, level title, stage",
    "next_levels": "next level, next levels, promotes to",
    "competency_id": "competency id, skill id, element id, competency code, skill code",
    "competency": "competency, competence, competencies, competency name, skill, skills, skill name, capability, "
    "attribute, topic, criterion, criteria, dimension, practice, technology, tool, area of expertise, kompetenz, "
    "compétence, competencia",
    "category": "category, group, area, pillar, theme, cluster, domain, section, skill area, competency group",
    "definition": "definition, description, what it is",
    "scale": "scale, rating scale",
    "required": "required, required rating, expected, expected proficiency, required level, target, target level, "
    "minimum, required proficiency, proficiency, expected level, target rating, requirement level",
    "label": "proficiency label, label, rating label, proficiency name",
    "weight": "weight, weighting, weight %",
    "critical": "critical, must have, mandatory, key competency",
    "optional": "optional, nice to have",
    "requirement": "requirement, required or optional, need",
    "behaviours": "behaviour, behaviours, behavior, behaviors, behaviour statement, behavior statement, indicator, "
    "indicators, statement, expectation, expectations, example, examples, what it looks like, evidence of level",
    "skills": "skills needed, knowledge and skills, technical skills needed",
    "scope": "scope, reach",
    "source": "source, origin",
    "licence": "licence, license",
    "employee_id": "employee id, emp id, person id, staff id, personnel number, employee number, worker id, id",
    "name": "name, full name, employee, employee name, person, team member, colleague, staff, member, mitarbeiter, "
    "worker, preferred name",
    "first_name": "first name, given name, vorname, forename",
    "last_name": "last name, surname, family name, nachname",
    "email": "e-mail, email, mail, work email, e-mail address, email address",
    "manager": "manager, line manager, reports to, manager id, supervisor, manager name, manager email",
    "department": "department, division, business unit, cost centre, cost center",
    "team": "team, squad, unit",
    "hired": "hired, hire date, start date, date of joining, joined",
    "level_since": "level since, start of level, level start date, in level since, in role since, last promotion, promotion date",
    "active": "active, employed, status, employment status",
    "self_rating": "self, self rating, self score, self assessment, own rating",
    "manager_rating": "manager rating, manager score, manager assessment, score, rating, current, current level, actual, "
    "current rating, actual level",
    "agreed_rating": "agreed, agreed rating, calibrated, final, final rating",
    "evidence": "evidence",
    "ignore": "comment, comments, note, notes, remark, remarks, bemerkung",
    "cycle": "cycle, period, review period, year, quarter",
}
ROLES = frozenset(_HEADERS)
_BY_HEADER = {fold(word): role for role, words in _HEADERS.items() for word in words.split(", ")}

_TOTALS = {
    "sum": "total, sum, totals, total score, points, total points, grand total, summe",
    "average": "average, avg, mean, average score, team average, skill average, ø, durchschnitt, ⌀",
    "count": "count, number of skills, how many, coverage count, anzahl",
}
_BY_TOTAL = {word.strip(): kind for kind, words in _TOTALS.items() for word in words.split(",")}

_LEVEL_WORD = re.compile(
    r"\b(intern|trainee|apprentice|junior|jr|associate|mid|intermediate|senior|sr|lead|principal|staff|head|"
    r"director|manager|vp|chief|entry|graduate|(level|grade|band|stage|l)[ -]?\d{1,2}|[a-z]{1,3}\d{1,2}[a-z]?|"
    r"i{1,3}|iv|v|vi)\b",
    re.IGNORECASE,
)
SUB_HEADERS = frozenset(
    [
        "a",
        "b",
        "c",
        "i",
        "ii",
        "iii",
        "iv",
        "1",
        "2",
        "3",
        "+",
        "-",
        "low",
        "mid",
        "high",
        "lower",
        "upper",
        "entry",
        "full",
    ]
)
REQUIRED_WORDS = frozenset(
    fold(word) for word in ("required", "target", "expected", "requirement", "minimum", "needed")
)

# Words for ratings in their order; words on one line mean about the same.
_RATING_WORDS = (
    "none, no knowledge, not yet, never, no experience, no",
    "novice, beginner, basic, awareness, aware, learning, foundation, foundational, entry, low, learner, rarely, "
    "fundamental, heard of it, trainee, rookie",
    "developing, intermediate, working, practitioner, medium, fair, with support, sometimes, some, advanced beginner, "
    "improving, growing",
    "proficient, competent, skilled, independent, good, solid, mostly, practised, practiced, experienced, fluent",
    "advanced, strong, high, guiding, very good, leading, coach, often",
    "expert, master, mastery, authority, role model, shaping, excellent, thought leader, always, guru",
)
_WORD_ORDER = {word.strip(): order for order, words in enumerate(_RATING_WORDS) for word in words.split(",")}

MARKS = frozenset(["x", "✓", "✔", "●", "•", "yes", "y", "✗", "ja"])
HALF_MARKS = frozenset(["o", "○", "◦", "(x)", "~", "partly", "◐"])
NOT_APPLICABLE = frozenset(("n/a", "na", "n.a.", "not applicable"))
BLANKS = frozenset(("-", "–", "—", ".", "?", "tbd", "n/r", "not required", "none required"))


def role_of(header: str) -> str:
    """The role a header names, "" if it is not known."""
    return _BY_HEADER.get(fold(header), "")


def total_kind(header: str) -> str:
    """`sum`, `average` or `count` if a header or row title names a total, else ""."""
    return _BY_TOTAL.get(" ".join(header.casefold().split()).strip(" :=#%"), "")


def looks_like_level(text: str) -> bool:
    """Whether a text reads like the name of a job level."""
    return bool(_LEVEL_WORD.search(text)) and len(text) <= 60


def rating_order(word: str) -> int | None:
    """Where a word stands among words for ratings, 0 for none at all; None if it is no such word."""
    return _WORD_ORDER.get(" ".join(word.casefold().split()))
