"""Why a template cannot be used."""

from __future__ import annotations

from ..model.errors import InputError


class TemplateRefused(InputError):
    """A template that is not rendered, for one reason."""

    def __init__(self, name: str, reason: str, fix: str) -> None:
        super().__init__(f'The template "{name}" {reason} {fix}')
        self.reason = reason
        self.fix = fix


class TemplateFault(InputError):
    """A tag of a template that cannot be followed, and where it stands."""

    def __init__(self, name: str, place: str, what: str) -> None:
        super().__init__(f'The template "{name}" cannot be followed at {place}: {what}')
        self.place = place
        self.what = what
