"""Native charts show each person's numbers, in Word and in the workbook behind "Edit data"."""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from careersheets.documents.charts import ChartFiller
from careersheets.documents.errors import TemplateFault
from tests.documents.company import company_rows, results_of
from tests.documents.reports import contexts, template
from tests.documents.small_templates import parts_of
from tests.support.validators import audit_complaints, own_complaints, sdk_complaints

pytestmark = pytest.mark.requirement("X4")

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SERIES = (
    '<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:v>S</c:v></c:tx><c:spPr><a:solidFill>{colour}</a:solidFill></c:spPr>'
    '<c:dPt><c:idx val="1"/></c:dPt><c:cat><c:strRef><c:f>\'My "data"\'!$A$2</c:f></c:strRef></c:cat><c:val/></c:ser>'
)
_CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:plotArea><c:{kind}>{series}</c:{kind}>'
    '<c:valAx><c:scaling><c:max val="9"/><c:min val="1"/></c:scaling></c:valAx></c:plotArea></c:chart></c:chartSpace>'
)
KINDS = ("radarChart", "barChart", "lineChart", "doughnutChart", "areaChart")


def chart(kind: str, colour: str = '<a:srgbClr val="1F6F78"/>') -> ChartFiller:
    return ChartFiller(etree.fromstring(_CHART.format(kind=kind, series=_SERIES.format(colour=colour))))


def shown(xml: bytes) -> list[tuple[str, list[str], list[str]]]:
    """Name, categories and numbers of each series."""
    return [
        (
            series.findtext(f"{C}tx//{C}v") or "",
            [point.findtext(f"{C}v") or "" for point in series.iterfind(f"{C}cat//{C}pt")],
            [f"{point.get('idx')}={point.findtext(f'{C}v')}" for point in series.iterfind(f"{C}val//{C}pt")],
        )
        for series in etree.fromstring(xml).iter(f"{C}ser")
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("series", [1, 2, 9])
@pytest.mark.parametrize("count", [0, 1, 30])
def test_any_number_of_series_and_categories(kind: str, series: int, count: int) -> None:
    names = [f"R&D <{n}>" for n in range(count)]
    data = {"categories": names, "series": [(f"Series {s}", [float(s)] * count) for s in range(series)]}
    assert shown(chart(kind).filled(data)) == [
        (f"Series {s}", names, [f"{n}={s}" for n in range(count)]) for s in range(series)
    ]


def test_what_was_not_assessed_leaves_a_hole() -> None:
    data = {"categories": ["a", "b"], "series": [("Now", [None, 2.5])], "low": 0, "high": 5}
    assert shown(chart("radarChart").filled(data)) == [("Now", ["a", "b"], ["1=2.5"])]


def test_the_sheet_keeps_its_name_and_the_scale_is_the_data_s() -> None:
    xml = (
        chart("barChart").filled({"categories": ["a"], "series": [("S", [1])], "low": 0, "high": 2}).decode()
    )
    assert '<c:max val="2"/><c:min val="0"/>' in xml
    assert "'My \"data\"'!$B$2:$B$2" in xml


@pytest.mark.parametrize("colour", ['<a:srgbClr val="1F6F78"/>', '<a:schemeClr val="accent1"/>'])
def test_further_series_have_colours_of_their_own(colour: str) -> None:
    data = {"categories": ["a"], "series": [(f"S{n}", [1]) for n in range(5)]}
    xml = chart("lineChart", colour).filled(data).decode()
    assert len(set(re.findall(r'<a:(?:srgbClr|schemeClr) val="(\w+)"', xml))) == 5
    assert re.findall(r'<c:order val="(\d)"', xml) == list("01234")


def test_formats_of_single_points_of_the_sample_are_dropped() -> None:
    assert b"dPt" not in chart("doughnutChart").filled({"categories": ["a"], "series": [("S", [1])]})


def test_the_embedded_workbook_holds_the_same_numbers() -> None:
    for context in contexts().values():
        parts = parts_of(template().render(context))
        data = context["charts"]["profile"]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            books = [name for name in parts if name.endswith(".xlsx")]
            assert len(books) == 1
            book = openpyxl.load_workbook(io.BytesIO(parts[books[0]]))
        rows = list(book["Profile"].iter_rows(values_only=True))
        assert list(rows[0][1:]) == [name for name, _ in data["series"]]
        assert [list(row) for row in rows[1:]] == [
            [name, *(values[place] for _, values in data["series"])]
            for place, name in enumerate(data["categories"])
        ]


@pytest.mark.parametrize(
    ("competencies", "scales", "shape"),
    [(2, 1, "bar"), (3, 1, "radar"), (12, 1, "radar"), (13, 1, "bar"), (6, 2, "bar")],
)
def test_a_radar_where_it_can_be_read_else_bars(competencies: int, scales: int, shape: str) -> None:
    from careersheets.documents.content.gap_report import gap_report

    results = results_of(company_rows(competencies=competencies, scales=scales))
    data = gap_report(results, "P003")["charts"]["profile"]
    assert data["shape"] == shape
    assert data["in_percent"] == (scales > 1)
    assert all(
        value is None or data["low"] <= value <= data["high"]
        for _, values in data["series"]
        for value in values
    )


def test_a_chart_that_is_not_shown_leaves_nothing_in_the_document(tmp_path: Path) -> None:
    shapes = set()
    for person, context in contexts().items():
        document = template().render(context)
        parts = parts_of(document)
        shapes.add(context["charts"]["profile"]["shape"])
        other = {"radar": "2", "bar": "1"}[context["charts"]["profile"]["shape"]]
        assert [
            name for name in parts if name.endswith((f"chart{other}.xml", f"Worksheet{other}.xlsx"))
        ] == []
        listed = parts["[Content_Types].xml"] + parts["word/_rels/document.xml.rels"]
        assert f"chart{other}.xml".encode() not in listed
        (tmp_path / f"{person}.docx").write_bytes(document)
        assert own_complaints(document, said=["{{ Ravi }}"]) == []
        assert audit_complaints(tmp_path / f"{person}.docx") == []
    assert shapes == {"radar", "bar"}
    found = sdk_complaints(sorted(tmp_path.iterdir()))
    assert {name: complaints for name, complaints in found.items() if complaints} == {}


def test_charts_are_asked_for_their_data_only_where_they_are_shown() -> None:
    context = contexts()["P2"]
    hidden = {**context, "charts": {"profile": {**context["charts"]["profile"], "shape": "none"}}}
    assert [name for name in parts_of(template().render(hidden)) if "chart" in name] == []
    with pytest.raises(TemplateFault):
        template().render({**context, "charts": {}})
