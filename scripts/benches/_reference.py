"""A template of three pages for the bench of documents, once with our tags and once with docxtemplater's."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from doc_parts.charts import drawing as chart
from doc_parts.charts import radar_part, workbook
from doc_parts.package import Sheet, chart_relation, document_file
from doc_parts.words import Column, each, field, paragraph, run, table, to_the_right

COMPETENCIES, ACTIONS, STEPS = 12, 4, 5
_FIELDS = ("competency", "asked", "now", "gap", "evidence")


def our_template() -> bytes:
    """Header, footer, a chart, a table of 12 rows, loops within loops."""
    return document_file(
        Sheet(_body(), _line("{{ company }}", "{{ name }}"), _footer(), (radar_part(),), workbook())
    )


def docxtemplater_template() -> bytes:
    """The same with docxtemplater's tags; its free core leaves the chart as it is."""
    body = _body()
    for loop, tag in (
        ("row in rows", "rows"),
        ("action in actions", "actions"),
        ("step in action.steps", "steps"),
    ):
        kind = "tr" if tag == "rows" else "p"
        body = body.replace(f"{{%{kind} for {loop} %}}", f"{{#{tag}}}", 1)
    ends = {"tr": ["rows"], "p": ["steps", "actions"]}
    for kind, tags in ends.items():
        for tag in tags:
            body = body.replace(f"{{%{kind} endfor %}}", f"{{/{tag}}}", 1)
    body = body.replace("{# chart: profile #}", "")
    parts = (body, _line("{{ company }}", "{{ name }}"), _footer())
    made = document_file(Sheet(*(_braces(part) for part in parts), (radar_part(),), workbook()))
    return _with_plain_properties(made)


def record(number: int) -> dict[str, Any]:
    """One person's data."""
    words = f"Took the lead in case {number} and wrote down what came of it for the others. "
    rows = [
        {
            "competency": f"Competency {i}",
            "asked": "4",
            "now": str(1 + (number + i) % 5),
            "gap": "1",
            "evidence": words,
        }
        for i in range(COMPETENCIES)
    ]
    actions = [
        {"title": f"Action {i} of {number}", "text": words * 3, "steps": [{"said": f"Step {k}: {words}"} for k in range(STEPS)]}
        for i in range(ACTIONS)
    ]  # fmt: skip
    numbers = [float(row["now"]) for row in rows]
    series = [("Asked at the target", [4.0] * COMPETENCIES), ("Now", numbers), ("Last time", numbers)]
    return {
        "company": "Lanternfield & Daughters",
        "name": f"Person {number}",
        "summary": words * 6,
        "rows": rows,
        "actions": actions,
        "charts": {"profile": {"categories": [row["competency"] for row in rows], "series": series}},
        "document": {"paper": "A4", "language": "en-GB", "title": f"Person {number}"},
        "cycle": "2026-H2",
    }


def _body() -> str:
    columns = [Column(name.title(), "{{ row." + name + " }}", 20) for name in _FIELDS]
    return (
        paragraph("{{ name }}", "Title")
        + paragraph("{{ summary }}")
        + chart(1, chart_relation(1), "profile", "Profile", 12, 9)
        + paragraph("Gaps", "Heading1")
        + table(columns, "row in rows", "Gaps", "Gaps")
        + paragraph("Actions", "Heading1")
        + each(
            "action in actions",
            paragraph("{{ action.title }}", "Heading2"),
            paragraph("{{ action.text }}"),
            each("step in action.steps", paragraph("{{ step.said }}", "ListBullet")),
        )
    )


def _line(left: str, right: str) -> str:
    return paragraph(run(left) + to_the_right() + run(right), "Header")


def _footer() -> str:
    return paragraph(run("{{ name }}") + to_the_right() + field("PAGE"), "Footer")


def _braces(xml: str) -> str:
    for owner in ("row.", "action.", "step.", "document."):
        xml = xml.replace("{{ " + owner, "{{ ")
    return xml.replace("{{ ", "{").replace(" }}", "}")


def _with_plain_properties(document: bytes) -> bytes:
    """The document with its properties in docxtemplater's braces too."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _braces(content.decode()) if name == "docProps/core.xml" else content)
    return target.getvalue()
