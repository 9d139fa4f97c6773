"""Start."""
from ...vocabulary.workbook import START, CURRENT_CYCLE, LAST_RUN, LAST_RUN_RESULT
from .page import head_page

def write_start_page(building):
    ws = building.page(START)
    head_page(building, ws, "Careers", "")
    for r, n in enumerate((CURRENT_CYCLE, LAST_RUN, LAST_RUN_RESULT), 6):
        ws.write_blank(r, 1, None, building.styles())
        building.workbook.define_name(n, f"={START}!$B${r+1}")
