"""What a kind of document is: whom it is about, who may read it, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..analysis.results import Results
from ..vocabulary.column import Audience

Subject = Literal["person", "manager", "mentee"]
Recipient = Literal["employee", "manager", "mentor", "hr"]
Form = Literal["document", "letter"]


def always(_results: Results, _employee_id: str) -> bool:
    """There is something to say about everyone."""
    return True


def nobody_else(_results: Results, _employee_id: str) -> frozenset[str]:
    """Nobody may be named beyond those every document about a person may name."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    `audience` is the least of those who may read it: what it holds is held to that. `recipients` are the only ones it is
    delivered to, the first of them the usual one. `context` makes what its template can name, from the results and the
    employee id it is about: a person, a manager (about the team) or a mentee (about the pair). It is made where `fits`
    says there is something to say; `needs_target` if it makes no sense without a target level with expectations.
    `shows_ratings` if a released evaluation is what makes it final; `tells_what_is_late` if it says what is overdue, so
    that it is made again once a day has passed by which something was to be done. `may_name` are employee ids the document may name besides the subject's own people. A letter is a mail draft; its
    `template` is the text, and beside it lies one with the ending .html.

    Source: REQUIREMENTS X6, X7.
    """

    key: str
    title: str
    template: str
    audience: Audience
    context: Callable[[Results, str], dict[str, Any]]
    recipients: tuple[Recipient, ...]
    subject: Subject = "person"
    fits: Callable[[Results, str], bool] = always
    needs_target: bool = True
    may_name: Callable[[Results, str], frozenset[str]] = nobody_else
    form: Form = "document"
    shows_ratings: bool = True
    tells_what_is_late: bool = False

    @property
    def files(self) -> tuple[str, ...]:
        """The names of its template files."""
        if self.form == "document":
            return (self.template,)
        return (self.template, f"{self.template.rpartition('.')[0]}.html")
