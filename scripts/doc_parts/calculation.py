"""The page on which every number of readiness can be recomputed."""

from __future__ import annotations

from .words import Column, paragraph, table

_MARKED = "{{ line.competency }}{% if line.mark %} ◆{% endif %}"


def calculation_rules(further: str = "") -> str:
    """How readiness comes about, in words; `further` rules stand behind it."""
    rules = (
        "For a rating s where r is asked on a scale that starts at l: a = 1 if s ≥ r, else (s – l) ÷ (r – l). "
        "N/A and optional competencies count nowhere; what was not assessed counts in coverage only. "
        "{{ bands_rule }}" + further
    )
    return paragraph(rules, "Formula")


def calculation_of(sums: str) -> str:
    """The three sums and the rows behind them; `sums` is the name of what content.calculation made."""
    told = (
        f"Attainment = Σ w·a ÷ Σ w = {{{{ {sums}.attained }}}} ÷ {{{{ {sums}.rated }}}} = {{{{ {sums}.attainment }}}}. "
        f"Share met = Σ w where s ≥ r ÷ Σ w = {{{{ {sums}.met }}}} ÷ {{{{ {sums}.rated }}}} = {{{{ {sums}.share_met }}}}. "
        f"Coverage = Σ w rated ÷ Σ w that applies = {{{{ {sums}.rated }}}} ÷ {{{{ {sums}.applicable }}}} = "
        f"{{{{ {sums}.coverage }}}}."
    )
    columns = [
        Column("Competency", _MARKED, 32, style="FormulaText"),
        *[
            Column(header, "{{ line." + key + " }}", share, number=True, style="FormulaNumber")
            for header, key, share in (
                ("Scale", "scale", 9.5),
                ("Asked, r", "required", 10),
                ("Rating, s", "current", 10),
                ("Weight, w", "weight", 11),
                ("a", "a", 14),
                ("w × a", "product", 13.5),
            )
        ],
    ]
    return paragraph(told, "Formula") + table(
        columns, f"line in {sums}.rows", "Calculation", "Every number behind readiness"
    )
