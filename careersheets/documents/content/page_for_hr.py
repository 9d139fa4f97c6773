"""What the page for HR asks: nothing in particular. It goes from the employee to HR, past everybody else.

Nothing that was written on it before is printed: the page leaves HR empty and comes back to HR alone (source: C4).
"""

from __future__ import annotations

from typing import Any

from ...analysis.results import Results
from .conversations import coming
from .cycle import cycle_facts
from .form_frame import questions_about
from .frame import person_frame
from .wording import text

KEY, TITLE = "page-for-hr", "Page for HR"
GET_IN_TOUCH = ("Yes, please", "No, this is for your information")


def page_for_hr(results: Results, employee_id: str) -> dict[str, Any]:
    """Everything doc_templates/page_for_hr.docx can name.

    Args:
        results: the cycle's results.
        employee_id: someone who is evaluated in it.
    """
    facts = cycle_facts(results)
    talk = coming(facts, employee_id)
    conversation = text(talk.conversation_id) if talk is not None else ""
    document_id = "/".join(part for part in (KEY, results.cycle, employee_id, conversation) if part)
    context = person_frame(facts, TITLE, employee_id)
    questions = questions_about(facts, employee_id, document_id, "1", {"conversation": conversation}, talk)
    context["document"]["form"] = questions
    return {
        **context,
        "form": {
            "own_words": questions.lines("own_words", "In your own words"),
            "wishes": questions.lines("wishes", "What you wish for"),
            "support": questions.lines("support", "What would help you, and from whom"),
            "get_in_touch": questions.choice(
                "get_in_touch", "Should HR get in touch with you?", GET_IN_TOUCH
            ),
            "how": questions.text("how", "How and when HR reaches you best"),
        },
    }
