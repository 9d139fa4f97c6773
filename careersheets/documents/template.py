"""Word templates, rendered."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from .errors import TemplateFault


class Template:
    """A template that was read; it can be rendered many times."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._data = data

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The finished document as bytes of a .docx file."""
        document = DocxTemplate(io.BytesIO(self._data))
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        try:
            document.render(dict(context), environment, autoescape=True)
        except TemplateError as error:
            raise TemplateFault(self.name, "a tag", str(error)) from error
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def load_template(path: Path) -> Template:
    """The template at `path`."""
    return Template(path.name, path.read_bytes())
