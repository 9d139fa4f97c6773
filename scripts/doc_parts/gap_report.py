"""The template of the gap report."""

from __future__ import annotations

from .calculation import calculation_of, calculation_rules
from .charts import bar_part, drawing, radar_part, workbook
from .package import Sheet, chart_relation
from .person_page import page_footer, page_header
from .words import Column, each, fixed_row, paragraph, run, side_by_side, table, when

_MARKED = "{{ %s.competency }}{%% if %s.mark %%} ◆{%% endif %%}"


def gap_report() -> Sheet:
    """Its parts."""
    return Sheet(
        body="".join(
            (_opening(), _glance(), _profile(), _gaps(), _needs(), _changes(), _evidence(), _further(), _calculation())
        ),
        header=page_header(),
        footer=page_footer(),
        charts=(radar_part(), bar_part()),
        workbook=workbook(),
    )  # fmt: skip


def _opening() -> str:
    facts = [
        Column("Level today", "{{ person.level_title }}", 27),
        Column("Works towards", "{% for aim in all_targets %}{{ aim.title }}{% if not loop.last %}; {% endif %}{% endfor %}", 31),
        Column("Manager", "{{ person.manager or '–' }}", 22),
        Column("As of", "{{ date }}", 20),
    ]  # fmt: skip
    return (
        when("draft", paragraph(run("DRAFT  ", "Strong") + run("{{ draft_notice }}"), "Draft"))
        + paragraph("{{ document.kind }} · {{ cycle }}", "Overline")
        + paragraph("{{ person.name }}", "Title")
        + paragraph(
            "{{ person.level_title }}{% if not target.is_own_level %} → {{ target.title }}{% endif %}",
            "Subtitle",
        )
        + fixed_row(facts, "Facts", "Level, targets, manager and date of this report")
    )


def _glance() -> str:
    band = run("{{ aim.glance.mark }} ") + run("{{ aim.glance.band }}", "Strong")
    columns = [
        Column("Towards", run("{{ aim.title }}", "Strong"), 27, in_the_middle=True),
        Column("Readiness", band, 22, in_the_middle=True),
        *[
            Column(
                header,
                paragraph("{{ aim.glance." + key + " }}", "Figure"),
                12.75,
                number=True,
                in_the_middle=True,
            )
            for header, key in (
                ("Attainment", "attainment"),
                ("Share met", "share_met"),
                ("Coverage", "coverage"),
                ("Critical short", "critical_unmet"),
            )
        ],
    ]
    reading = paragraph(
        run("{% if further_targets %}{{ aim.title }}: {% endif %}", "Strong")
        + run("{{ aim.glance.reading }}{% if aim.glance.progress %} {{ aim.glance.progress }}{% endif %}")
    )
    return (
        paragraph("Readiness at a glance", "Heading1")
        + table(columns, "aim in all_targets", "Readiness", "Key figures for each target level")
        + paragraph("", "TableText")
        + each("aim in all_targets", reading)
    )


def _profile() -> str:
    text = "Competency profile of {{ person.name }}. {{ charts.profile.summary }}"
    radar = drawing(1, chart_relation(1), "profile", text, 9.9, 10.4)
    bars = drawing(2, chart_relation(2), "profile", text, 9.9, 10.4)
    caption = paragraph("{{ charts.profile.caption }} ◆ critical for the target.", "Small")
    chart = (
        when("charts.profile.shape == 'radar'", radar) + when("charts.profile.shape == 'bar'", bars) + caption
    )
    return paragraph("Profile, strengths and where to start", "Heading1") + side_by_side(
        chart, _strengths() + _starting_points(), 60
    )


def _strengths() -> str:
    strength = run("{{ strength.competency }}", "Strong") + run(
        ": {{ strength.rating }}, {{ strength.required }} is asked; {{ strength.seen }}"
    )
    return (
        paragraph("Strengths", "Label")
        + each("strength in target.strengths", paragraph(strength, "ListBullet"))
        + when(
            "not target.strengths", paragraph("Nothing is rated above what the target asks yet.", "TableText")
        )
        + when(
            "target.met",
            paragraph(run("As asked already: ", "Strong") + run("{{ target.met|join('; ') }}."), "TableText"),
        )
    )


def _starting_points() -> str:
    point = run(_MARKED % ("point", "point"), "Strong") + run(
        ": {{ point.steps }}, priority {{ point.priority }}{% if point.ranked %}, {{ point.ranked }}{% endif %}"
    )
    return (
        paragraph("Where to start", "Label")
        + each("point in target.start_with", paragraph(point, "ListNumber"))
        + when("not target.start_with", paragraph("No gap is open for this target.", "TableText"))
    )


def _gaps() -> str:
    name = run(_MARKED % ("row", "row")) + run("{% if row.optional %} optional{% endif %}", "Quiet")
    columns = [
        Column("Competency", name, 28.2),
        *[
            Column(header, "{{ row." + key + " }}", 9.4, number=True)
            for header, key in (
                ("Asked", "required"),
                ("Self", "self"),
                ("Manager", "manager"),
                ("Agreed", "agreed"),
            )
        ],
        Column("Gap", run("{% cellbg row.tint %}{{ row.gap }}", "Strong"), 7.4, number=True),
        Column("Since last", "{{ row.since_last }}", 9.6, number=True),
        Column("Reading", "{{ row.reading }}", 17.2),
    ]
    legend = (
        "Gap = asked – the rating that counts (agreed, else the manager’s); positive means to develop."
        "{% if target.has_critical %} ◆ critical: nobody is ready without it.{% endif %}"
        "{% if target.has_once %} Once: above in this cycle only.{% endif %}{% if target.has_optional %} Optional competencies do not count for readiness.{% endif %}"
        "{% if target.compared %} Since last: against {{ target.compared }}.{% endif %}"
    )
    return (
        paragraph("Gaps towards {{ target.title }}", "Heading1", "<w:pageBreakBefore/>")
        + table(columns, "row in target.rows", "Gaps", "Ratings asked and given, and the gap, by competency")
        + paragraph(legend, "Small")
    )


def _needs() -> str:
    what = (
        paragraph(run(_MARKED % ("need", "need"), "Strong"), "TableText")
        + paragraph(run("{{ need.steps }} {{ need.scale }}", "Quiet"), "TableText")
        + when("need.optional", paragraph(run("optional", "Quiet"), "TableText"))
    )
    seen = (
        each("behaviour in need.behaviours", paragraph("{{ behaviour.text }}", "ListBullet"))
        + when("need.scope", paragraph(run("Reach: ", "Strong") + run("{{ need.scope }}"), "TableText"))
        + when("need.skills", paragraph(run("Skills: ", "Strong") + run("{{ need.skills }}"), "TableText"))
        + when(
            "not need.behaviours and not need.skills and not need.scope",
            paragraph(
                run("The framework does not say yet what one sees at this level.", "Quiet"), "TableText"
            ),
        )
    )
    columns = [Column("Competency", what, 27), Column("What one sees at {{ target.title }}", seen, 73)]
    return when(
        "target.needs",
        paragraph("What {{ target.title }} asks to see", "Heading1"),
        table(columns, "need in target.needs", "Behaviours asked", "Behaviours and skills for each gap"),
    )


def _changes() -> str:
    added = (
        each("behaviour in change.behaviours", paragraph("{{ behaviour }}", "ListBullet"))
        + when("change.scope", paragraph(run("Reach: ", "Strong") + run("{{ change.scope }}"), "SmallText"))
        + when(
            "change.skills",
            paragraph(run("Skills: ", "Strong") + run("{{ change.skills|join(', ') }}"), "SmallText"),
        )
        + when(
            "not change.behaviours and not change.skills and not change.scope",
            paragraph(run("The same, at a higher rating.", "Quiet"), "TableText"),
        )
    )
    columns = [
        Column("Competency", run("{{ change.competency }}", "Strong"), 23),
        Column("Asked", "{% if change.is_new %}new: {% endif %}{{ change.rating or 'as today' }}", 11),
        Column("Comes in addition", added, 66),
    ]
    return when(
        "changes.any",
        paragraph("What changes at {{ target.title }}", "Heading1"),
        when(
            "changes.scope",
            paragraph(run("Scope today: ", "Strong") + run("{{ changes.scope.before or '–' }}")),
            paragraph(run("Scope then: ", "Strong") + run("{{ changes.scope.after }}")),
        ),
        when(
            "changes.rows",
            table(columns, "change in changes.rows", "What changes", "Differences between the levels"),
        ),
        when("changes.no_longer", paragraph("No longer asked: {{ changes.no_longer|join('; ') }}.", "Small")),
        when(
            "changes.told",
            paragraph(
                "{% if changes.rows %}Listed above with their behaviours: {% else %}All that changes is listed above: {% endif %}"
                "{{ changes.told|join('; ') }}.",
                "Small",
            ),
        ),
    )


def _evidence() -> str:
    columns = [
        Column("Competency", run("{{ seen.competency }}", "Strong"), 23),
        Column("What was seen", "{{ seen.evidence }}", 59),
        Column("When", "{{ seen.date or '–' }}", 18),
    ]
    return (
        paragraph("Evidence", "Heading1")
        + when("evidence", table(columns, "seen in evidence", "Evidence", "What was seen, by competency"))
        + when("not evidence", paragraph("No evidence is noted in this cycle."))
    )


def _further() -> str:
    """Each further target in a few lines."""
    return when(
        "further_targets",
        paragraph("Further targets", "Heading1"),
        each(
            "aim in further_targets",
            paragraph("{{ aim.title }}", "Heading2"),
            each(
                "group in aim.groups",
                paragraph(run("{{ group.reading }}: ", "Strong") + run("{{ group.competencies|join('; ') }}."), "TableText"),
            ),
        ),
    )  # fmt: skip


def _calculation() -> str:
    priority = (
        " Priority = gap ÷ length of the scale × weight, doubled where the employee chose the competency."
    )
    return (
        paragraph("How this was calculated", "Heading1")
        + calculation_rules(priority)
        + each(
            "aim in all_targets",
            when("further_targets", paragraph("{{ aim.title }}", "Heading2")),
            calculation_of("aim.calculation"),
        )
        + paragraph("", "Nothing")
    )
