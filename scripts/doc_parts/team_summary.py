"""The template of a manager's view of the own team."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from .look import TEXT_WIDTH
from .manager_page import manager_footer, manager_header, manager_opening
from .package import Sheet
from .words import Column, paragraph, run, table, when

_NAME_SHARE = 24
_HEAD_HEIGHT = 1640  # for names of competencies that stand upright


def team_summary() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join((_opening(), _people(), _heat(), _common(), _talks(), _overdue())),
        header=manager_header("{{ manager.name }}"),
        footer=manager_footer("{{ manager.name }} and HR"),
    )


def _opening() -> str:
    bands = [
        Column("Ready", run("{{ bands[0].mark }} ") + run("{{ bands[0].count }}", "Strong"), 20),
        Column("Near", run("{{ bands[1].mark }} ") + run("{{ bands[1].count }}", "Strong"), 20),
        Column("Developing", run("{{ bands[2].mark }} ") + run("{{ bands[2].count }}", "Strong"), 20),
        Column("Insufficient data", run("{{ bands[3].mark }} ") + run("{{ bands[3].count }}", "Strong"), 20),
        Column("As of", "{{ date }}", 20),
    ]
    return (
        manager_opening(
            "Team of {{ manager.name }}",
            "{{ size }}, towards the next level of each",
            bands,
            "How many people are ready, near, developing, or not known enough",
        )
        + paragraph("", "FormSpace")
        + paragraph("{{ told }}")
    )


def _people() -> str:
    name = run("{{ person.name }}", "Strong") + run("{% if person.draft %} draft{% endif %}", "Quiet")
    way = run("{{ person.level }}{% if person.target %} → {{ person.target }}{% endif %}")
    band = run("{{ person.mark }} ") + run("{{ person.band }}", "Strong")
    columns = [
        Column("Person", name, 20),
        Column("Level and target", way, 26),
        Column("At this level", "{{ person.tenure or '–' }}", 16.5),
        Column("Readiness", band, 15),
        Column("Attained", "{{ person.attainment }}", 9, number=True),
        Column("Critical short", "{{ person.critical }}", 7, number=True),
        Column("Since last", "{{ person.change }}", 6.5, number=True),
    ]
    return (
        paragraph("Readiness", "Heading1")
        + table(columns, "person in people", "Readiness", "Each person's readiness for the first target")
        + paragraph(
            "Attained: how much of what the target asks for is there. Since last: in percentage points.",
            "Small",
        )
    )


def _heat() -> str:
    legend = (
        "Gap to the first target in points of each scale: 1 is one point short (tinted; darker where more than one step), "
        "0 as asked, −1 above (green). ◆ critical and short. · not asked of this person, – not assessed, N/A does not apply."
        "{% if heat.left_out %} {{ heat.left_out }}{% endif %}"
    )
    return when(
        "heat.any",
        paragraph("Gaps at a glance", "Heading1"),
        when("heat.few", _heat_table(5)),
        when("not heat.few", _heat_table(10)),
        paragraph(legend, "Small"),
    )


def _heat_table(count: int) -> str:
    """People x `count` competencies, whose names stand upright, and how many are short of each."""
    share = (100 - _NAME_SHARE) / count
    shares = [_NAME_SHARE, *[share] * count]
    keys = [f"c{place}" for place in range(1, count + 1)]
    head = _cell(_NAME_SHARE, paragraph("Person", "TableHead"), '<w:vAlign w:val="bottom"/>') + "".join(
        _cell(share, paragraph(f"{{{{ heat.head.{key} }}}}", "TableHead"), '<w:textDirection w:val="btLr"/><w:vAlign w:val="center"/>')
        for key in keys
    )  # fmt: skip
    body = _cell(_NAME_SHARE, paragraph("{{ row.name }}", "TableText")) + "".join(
        _cell(share, _middle(run(f"{{% cellbg row.{key}.tint %}}{{{{ row.{key}.gap }}}}"))) for key in keys
    )
    foot = _cell(_NAME_SHARE, paragraph(run("Short of it", "Strong"), "TableText")) + "".join(
        _cell(share, _middle(run(f"{{{{ heat.short.{key} }}}}", "Strong"))) for key in keys
    )
    rows = (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_HEAD_HEIGHT}" w:hRule="atLeast"/><w:tblHeader/></w:trPr>{head}</w:tr>'
        + _statement("for row in heat.rows", count + 1)
        + f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{body}</w:tr>"
        + _statement("endfor", count + 1)
        + f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{foot}</w:tr>"
    )
    return _frame(shares, rows)


def _common() -> str:
    columns = [
        Column("Competency", "{{ gap.competency }}{% if gap.mark %} ◆{% endif %}", 24),
        Column("Short", "{{ gap.count }}", 10, number=True),
        Column("Who", "{{ gap.names }}", 66),
    ]
    return when(
        "common",
        paragraph("Gaps that several share", "Heading1"),
        table(columns, "gap in common", "Common gaps", "Competencies of which two people or more are short"),
    )


def _talks() -> str:
    columns = [
        Column("Person", _kept(run("{{ talk.name }}", "Strong")), 22),
        Column("Last conversation", _kept(run("{% cellbg talk.last_tint %}{{ talk.last }}")), 18),
        Column("Next check-in", _kept(run("{% cellbg talk.check_in_tint %}{{ talk.check_in }}")), 21),
        Column("Next conversation", _kept("{{ talk.next }}"), 18),
        Column("Open actions", "{{ talk.open }}", 9, number=True),
        Column("Overdue", _kept(run("{% cellbg talk.overdue_tint %}{{ talk.overdue }}")), 12),
    ]
    return paragraph("Conversations, check-ins and actions", "Heading1") + table(
        columns,
        "talk in talks",
        "Conversations",
        "Conversations, check-ins, open and overdue actions of each person",
    )


def _overdue() -> str:
    columns = [
        Column("Person", run("{{ late.name }}", "Strong"), 22),
        Column("What was to be done", "{{ late.action }}", 60),
        Column("State", "{{ late.state }}", 18),
    ]
    return when(
        "overdue",
        paragraph("Overdue actions", "Heading1"),
        table(columns, "late in overdue", "Overdue actions", "Actions whose day has passed"),
    )


def _kept(content: str) -> str:
    """A cell's paragraph that stays on one page with what follows, so that a short table is not torn apart."""
    return paragraph(content, "TableText", "<w:keepNext/>")


def _middle(content: str) -> str:
    return paragraph(content, "TableText", '<w:keepNext/><w:jc w:val="center"/>')


def _cell(share: float, content: str, further: str = "") -> str:
    width = f'<w:tcW w:w="{round(share * 50)}" w:type="pct"/>'
    return f"<w:tc><w:tcPr>{width}{further}</w:tcPr>{content}</w:tc>"


def _statement(statement: str, columns: int) -> str:
    span = f'<w:tcPr><w:tcW w:w="5000" w:type="pct"/><w:gridSpan w:val="{columns}"/></w:tcPr>'
    return f"<w:tr><w:tc>{span}{paragraph(run('{%tr ' + statement + ' %}'), 'TableText')}</w:tc></w:tr>"


def _frame(shares: Sequence[float], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{round(TEXT_WIDTH * share / 100)}"/>' for share in shares)
    told = escape("Gaps of each person to the first target, by competency")
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="QuietTable"/><w:tblW w:w="5000" w:type="pct"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="Gaps"/><w:tblDescription w:val="{told}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )
