"""Word templates, compiled once and rendered many times."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from markupsafe import Markup

from .charts import bound_charts, filled_book
from .compiling import CORE, NEXT_ID, BadPart, compile_parts
from .errors import TemplateFault
from .faults import first_fault
from .forms import Stamp
from .package import PackageWriter, parts_of, read_parts
from .paper import on_paper
from .questions import PlacedField, Questions
from .sandbox import PayingSandbox, Sandbox, harmless
from .text import InlineMarkup, legal

_FIRST_DRAWING = 1001


class Template:
    """A template that was read and compiled. One thread renders it at a time.

    Raises:
        TemplateRefused: the file is not usable at all.
        TemplateFault: a tag cannot be followed.
    """

    def __init__(self, name: str, parts: Mapping[str, bytes]) -> None:
        self.name = name
        self._parts = dict(parts)
        self._sandbox = Sandbox()
        try:
            self._compiled = compile_parts(name, parts, self._sandbox)
        except BadPart as bad:
            raise first_fault(name, parts, None, part=bad.part, otherwise=str(bad)) from bad
        self._stamp = Stamp(name, parts) if self._compiled.has_fields else None
        self._charts = bound_charts(name, parts)
        self._writers: dict[tuple[str, str], PackageWriter] = {}
        self._changing = [*self._compiled.templates]
        if self._stamp:
            self._parts = self._stamp.parts
            self._changing.append(self._stamp.part)
        for chart in self._charts:
            self._changing += [chart.part, chart.workbook] if chart.workbook else [chart.part]

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The finished document as bytes of a .docx file.

        Args:
            context: what its tags can name. `document` may give `paper` ("A4" or "Letter") and `language`; `charts` the
                data of each chart by the name in its alternative text.

        Raises:
            TemplateFault: a tag names something that is not there, or cannot be followed.
        """
        wanted = _paper_and_language(context)
        rendered = self._rendered(context)
        contents = [rendered[part] for part in self._compiled.templates]
        contents += self.stamped(context) + self.filled_charts(context)
        if self._compiled.by_docxtpl:
            return self._with_docxtpl(context, wanted, rendered, contents)
        return self.writer_for(context).file_of(on_paper(self._changing, contents, *wanted))

    def rendered_parts(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """The parts with tags as they stand in the finished document, before the paper is chosen."""
        return self._rendered(context)

    def writer_for(self, context: Mapping[str, Any]) -> PackageWriter:
        """What zips the documents of this paper and language."""
        wanted = _paper_and_language(context)
        if wanted not in self._writers:
            self._writers[wanted] = self._writer(self._parts, wanted)
        return self._writers[wanted]

    def _rendered(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        self._sandbox.begin()
        values = harmless(context)
        values[NEXT_ID] = itertools.count(_FIRST_DRAWING).__next__
        try:
            return {
                part: template.render(values).encode() for part, template in self._compiled.templates.items()
            }
        except (TemplateError, ArithmeticError, TypeError, ValueError, RecursionError) as error:
            raise first_fault(self.name, self._parts, context, otherwise=str(error)) from error

    def stamped(self, context: Mapping[str, Any]) -> list[bytes]:
        """Of a form, the part that says which form it is and which fields were placed in it."""
        if self._stamp is None:
            return []
        questions = context.get("document", {}).get("form")
        if not isinstance(questions, Questions):
            raise TemplateFault(
                self.name, "its fields", "this kind of document is no form; take its fields out."
            )
        placed = [one.field for one in self._sandbox.placed.values() if isinstance(one, PlacedField)]
        return [self._stamp.of(questions.mark, placed)]

    def filled_charts(self, context: Mapping[str, Any]) -> list[bytes]:
        """Charts and their workbooks; a chart whose data is not given is a fault."""
        contents, charts = [], context.get("charts", {})
        books: dict[tuple[str, str], bytes] = {}
        for chart in self._charts:
            data = charts.get(chart.binding)
            if data is None:
                raise TemplateFault(
                    self.name,
                    "a chart",
                    f'there is no data "{chart.binding}". There is: {", ".join(sorted(charts)) or "none"}.',
                )
            contents.append(chart.filler.filled(data))
            if chart.workbook:
                key = (chart.binding, chart.filler.sheet)
                books[key] = books.get(key) or filled_book(chart.books, data)
                contents.append(books[key])
        return contents

    def _writer(self, parts: Mapping[str, bytes], wanted: tuple[str, str]) -> PackageWriter:
        names = [name for name in parts if name not in self._changing]
        fixed = dict(zip(names, on_paper(names, [parts[name] for name in names], *wanted), strict=True))
        books = frozenset(chart.workbook for chart in self._charts if chart.workbook)
        return PackageWriter(fixed, self._changing, stored=books)

    def _with_docxtpl(
        self,
        context: Mapping[str, Any],
        wanted: tuple[str, str],
        rendered: Mapping[str, bytes],
        contents: list[bytes],
    ) -> bytes:
        """As `render`, the text by docxtpl itself; properties and charts as ever."""
        parts = parts_of(self.name, self.by_docxtpl(context))
        texts = {part: rendered[part] if part == CORE else parts[part] for part in self._compiled.templates}
        contents = [*texts.values(), *contents[len(texts) :]]
        return self._writer(parts, wanted).file_of(on_paper(self._changing, contents, *wanted))

    def by_docxtpl(self, context: Mapping[str, Any]) -> bytes:
        """The document as docxtpl renders it, in the same sandbox: for tags only it knows, and to compare with."""
        source = io.BytesIO()
        source.write(PackageWriter(self._parts, []).file_of([]))
        document = DocxTemplate(source)
        try:
            document.render(
                harmless(context), PayingSandbox(_left_to_docxtpl, autoescape=True), autoescape=True
            )
        except TemplateError as error:
            raise first_fault(self.name, self._parts, context, otherwise=str(error)) from error
        target = io.BytesIO()
        document.save(target)
        return target.getvalue()


def load_template(path: Path) -> Template:
    """The template at `path`, compiled.

    Raises:
        TemplateRefused: the file is not usable at all.
        TemplateFault: a tag cannot be followed.
    """
    return Template(path.name, read_parts(path))


def _paper_and_language(context: Mapping[str, Any]) -> tuple[str, str]:
    document = context.get("document", {})
    return document.get("paper", ""), document.get("language", "")


def _left_to_docxtpl(value: Any) -> Any:
    """Line breaks are made by docxtpl itself; only what XML cannot hold goes, and only a field of a form is XML."""
    if value is None:
        return ""
    if isinstance(value, InlineMarkup):
        return Markup(InlineMarkup.of(value))  # noqa: S704
    return legal(str.__str__(value)) if isinstance(value, str) else value
