"""Build the Word templates that come with the package, or check that they are what this script builds.

python scripts/build_doc_templates.py           writes doc_templates/
python scripts/build_doc_templates.py --check   fails if a file there differs
"""

from __future__ import annotations

import sys
from pathlib import Path

from doc_parts.check_in import check_in
from doc_parts.conversation_summary import conversation_summary
from doc_parts.development_plan import development_plan
from doc_parts.employee_preparation import employee_preparation
from doc_parts.gap_report import gap_report
from doc_parts.manager_preparation import manager_preparation
from doc_parts.mentoring_introduction import mentoring_introduction
from doc_parts.package import document_file
from doc_parts.page_for_hr import page_for_hr
from doc_parts.promotion_case import promotion_case
from doc_parts.team_summary import team_summary

FOLDER = Path(__file__).resolve().parents[1] / "doc_templates"
TEMPLATES = {
    "gap_report.docx": gap_report,
    "manager_preparation.docx": manager_preparation,
    "employee_preparation.docx": employee_preparation,
    "page_for_hr.docx": page_for_hr,
    "conversation_summary.docx": conversation_summary,
    "development_plan.docx": development_plan,
    "check_in.docx": check_in,
    "promotion_case.docx": promotion_case,
    "team_summary.docx": team_summary,
    "mentoring_introduction.docx": mentoring_introduction,
}


def main(arguments: list[str]) -> int:
    """Build or check; the exit code."""
    stale = []
    for name, parts in TEMPLATES.items():
        path, built = FOLDER / name, document_file(parts())
        if "--check" not in arguments:
            path.write_bytes(built)
        elif not path.is_file() or path.read_bytes() != built:
            stale.append(name)
    if stale:
        print(f"Built anew they would differ: {', '.join(stale)}. Run scripts/build_doc_templates.py.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
