"""Person."""
from ...vocabulary.workbook import PERSON
from .page import head_page
def write_person_page(building):
    head_page(building, building.page(PERSON), "Person", "")
