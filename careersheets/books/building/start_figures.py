"""The key figures and the chart data of Start, as formulas over the other sheets."""

from __future__ import annotations

from dataclasses import dataclass

from ...vocabulary.choices import BAND, EVALUATION_STATUS
from ...vocabulary.workbook import CURRENT_CYCLE
from .formulas import cell_of, text_of
from .layout import column_reference
from .scratch import Cells, Scratch

# Competencies whose average gap is looked at, and how many of them the chart shows.
_COMPETENCIES = 150
TOP_GAPS = 8
_NOTHING = '"–"'


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: what it says, its formula, a caption by formula, and whether more of it is worse."""

    label: str
    formula: str
    caption: str
    worse_if_more: bool = False


@dataclass(frozen=True, slots=True)
class ChartData:
    """Labels and values of the charts on Start."""

    statuses: tuple[Cells, Cells]
    bands: tuple[Cells, Cells]
    gaps: tuple[Cells, Cells]

    @property
    def all(self) -> tuple[tuple[Cells, Cells], ...]:
        """From left to right."""
        return self.statuses, self.bands, self.gaps


def cycle_in_hand(scratch: Scratch) -> str:
    """The address of the cycle in hand; without one, of a word that no sheet holds, for a blank would count blank cells."""
    return scratch.value("Cycle", f'IF({CURRENT_CYCLE}="","(none)",{CURRENT_CYCLE})')


def key_figures(cycle: str) -> tuple[Figure, ...]:
    """The six figures, in the order of a cycle; `cycle` is the address of the cycle in hand."""
    return (
        _people(),
        _evaluated(cycle),
        _ready(cycle),
        _open_gaps(cycle),
        _errors(),
        _overdue(),
    )


def work_out_charts(scratch: Scratch, cycle: str) -> ChartData:
    """What the charts draw."""
    statuses = _counted(scratch, EVALUATION_STATUS, "Evaluations.status", cycle)
    bands = _counted(scratch, BAND, "Readiness.band", cycle)
    return ChartData(statuses, bands, _top_gaps(scratch, cycle))


def _people() -> Figure:
    ids, active = column_reference("People", "employee_id"), column_reference("People", "active")
    gone = f'COUNTIFS({ids},"<>",{active},"No")'
    return Figure(
        "People", f"COUNTA({ids})-{gone}", f'IF({gone}=0,"active today","active; "&{gone}&" have left")'
    )


def _evaluated(cycle: str) -> Figure:
    """Handed in or further; a returned one is back at the start."""
    count = "+".join(
        _in_cycle("Evaluations", cycle, "status", s) for s in ("Submitted", "Approved", "Released")
    )
    every = f"COUNTIFS({column_reference('Evaluations', 'cycle')},{cycle})"
    caption = f'IF({every}=0,"no evaluation opened","of "&{every}&" in this cycle")'
    return Figure("Evaluated", _unless_none(every, count), caption)


def _ready(cycle: str) -> Figure:
    every = f"COUNTIFS({column_reference('Readiness', 'cycle')},{cycle})"
    ready = _in_cycle("Readiness", cycle, "band", "Ready")
    caption = f'IF({every}=0,"after the first report","of "&{every}&" people and targets")'
    return Figure("Ready for a target", _unless_none(every, ready), caption)


def _open_gaps(cycle: str) -> Figure:
    every = f"COUNTIFS({column_reference('Gaps', 'cycle')},{cycle})"
    open_gaps = f'COUNTIFS({column_reference("Gaps", "cycle")},{cycle},{column_reference("Gaps", "gap")},">0"'
    critical = f'{open_gaps},{column_reference("Gaps", "critical")},"Yes")'
    caption = f'IF({every}=0,"after the first report",{critical}&" of them critical")'
    return Figure("Open gaps", _unless_none(every, f"{open_gaps})"), caption, worse_if_more=True)


def _errors() -> Figure:
    severities = column_reference("To fix", "severity")
    warnings, notes = f'COUNTIF({severities},"Warning")', f'COUNTIF({severities},"Note")'
    caption = f'{_counted_word(warnings, "warning")}&"  ·  "&{_counted_word(notes, "note")}'
    return Figure("Errors to fix", f'COUNTIF({severities},"Error")', caption, worse_if_more=True)


def _overdue() -> Figure:
    """Past their day and neither done nor dropped."""
    due, status = column_reference("Action items", "due"), column_reference("Action items", "status")
    actions = column_reference("Action items", "action")
    still = f'{status},"<>Done",{status},"<>Dropped"'
    late = f'COUNTIFS({due},"<"&TODAY(),{actions},"?*",{still})'
    return Figure(
        "Overdue actions", late, f'"of "&COUNTIFS({actions},"?*",{still})&" open"', worse_if_more=True
    )


def _counted_word(count: str, word: str) -> str:
    """`1 note`, `2 notes`."""
    return f'{count}&IF({count}=1," {word}"," {word}s")'


def _in_cycle(sheet: str, cycle: str, column: str, word: str) -> str:
    return f'COUNTIFS({column_reference(sheet, "cycle")},{cycle},{column_reference(sheet, column)},"{word}")'


def _unless_none(every: str, count: str) -> str:
    """A dash rather than 0 where nothing was computed yet."""
    return f"IF({every}=0,{_NOTHING},{count})"


def _counted(scratch: Scratch, words: tuple[str, ...], counted: str, cycle: str) -> tuple[Cells, Cells]:
    """How often each of `words` stands in the column `counted`, "Sheet.column"."""
    sheet, _, column = counted.partition(".")
    names = scratch.column(sheet, len(words), lambda i: f'"{words[i]}"')
    return names, scratch.column("Count", len(words), lambda i: _in_cycle(sheet, cycle, column, words[i]))


def _top_gaps(scratch: Scratch, cycle: str) -> tuple[Cells, Cells]:
    """The competencies with the largest average gap, widest first; those without a gap are not listed."""
    gap, in_cycle = column_reference("Gaps", "gap"), column_reference("Gaps", "cycle")
    codes = column_reference("Gaps", "competency_id")
    code = scratch.column(
        "Competency", _COMPETENCIES, lambda i: cell_of("Competencies", "competency_id", str(i + 1))
    )
    average = scratch.column(
        "Average gap",
        _COMPETENCIES,
        lambda i: (
            f'IF({code.at(i)}="","",IFERROR(AVERAGEIFS({gap},{in_cycle},{cycle},{codes},{code.at(i)}),""))'
        ),
    )
    # A billionth per row tells two equal averages apart.
    ranked = scratch.column(
        "Told apart",
        _COMPETENCIES,
        lambda i: (
            f'IF(ISNUMBER({average.at(i)}),IF({average.at(i)}>0,{average.at(i)}-{i + 1}/1000000000,""),"")'
        ),
    )
    place = scratch.column(
        "Place", TOP_GAPS, lambda i: f'IFERROR(MATCH(LARGE({ranked.all},{i + 1}),{ranked.all},0),"")'
    )
    names = scratch.column(
        "Largest gaps",
        TOP_GAPS,
        lambda i: f'IF({place.at(i)}="","",{text_of("Competencies", "competency", place.at(i))})',
    )
    values = scratch.column(
        "Gap", TOP_GAPS, lambda i: f'IF({place.at(i)}="",0,INDEX({average.all},{place.at(i)}))'
    )
    return names, values
