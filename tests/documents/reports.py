"""Gap reports for tests: people with few gaps and many, N/A, nothing assessed, two targets, and difficult names."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from careersheets.analysis.results import Results
from careersheets.documents.content.gap_report import gap_report
from careersheets.documents.content.sample import sample_results
from careersheets.documents.template import Template, load_template
from tests.analysis.test_by_hand import results_of, workbook

TEMPLATE = Path(__file__).parents[2] / "doc_templates" / "gap_report.docx"
NAMES = {
    "P1": "Chiara Bianchi & Sons <lead>",
    "P2": "نور الأمين",
    "P3": "Łukasz Żółć-Brzęczyszczykiewicz von und zu Hohenlohe-Langenburg",
    "P4": "田中 美咲",
    "P5": "{{ Ravi }} Subramanian 👩🏽\u200d💻",
}


@cache
def template() -> Template:
    return load_template(TEMPLATE)


@cache
def results(paper: str = "A4", language: str = "en-GB") -> Results:
    """Five people worked by hand, with difficult names."""
    rows = workbook()
    for person in rows["People"]:
        person["name"] = NAMES[person["employee_id"]]
    found = results_of(rows)
    settings = replace(found.settings, paper=paper, language=language, organisation="Rødgrød & Fløde <A/S>")
    return replace(found, settings=settings)


@cache
def contexts(paper: str = "A4", language: str = "en-GB") -> dict[str, dict[str, Any]]:
    """What the template can name, by employee id: the five, and the invented people of the template check."""
    five, sample = results(paper, language), sample_results()
    sample = replace(sample, settings=replace(sample.settings, paper=paper, language=language))
    return {key: gap_report(found, key) for found in (five, sample) for key in found.evaluated.index}
