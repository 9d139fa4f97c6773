"""10,000 people: which documents are unchanged is one question to the database."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from sqlalchemy import event

from careersheets.ledger.ledger import Ledger
from careersheets.ledger.records import Ingredients

from ..support.saying import say
from .invented import VERSIONS, document_of

_PEOPLE = 10_000


@pytest.mark.requirement("X5")
def test_of_10000_people_with_5_changes_5_are_found_in_one_query(
    ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    made = [document_of(f"E{n}", made_from=Ingredients(f"i{n}", "t", "v")) for n in range(_PEOPLE)]
    with ledger.run("report", VERSIONS) as run:
        began = time.perf_counter()
        ledger.record_documents(run.id, made)
        recorded = time.perf_counter() - began
    wanted = {document.key: (document.ingredients, "made") for document in made}
    for document in made[100:105]:
        wanted[document.key] = (replace(document.ingredients, inputs="new"), "made")
    statements: list[str] = []
    event.listen(ledger._store.engine, "before_cursor_execute", lambda *it: statements.append(it[2]))
    began = time.perf_counter()
    same = ledger.unchanged(wanted)
    asked = time.perf_counter() - began
    assert set(wanted) - set(same) == {document.key for document in made[100:105]}
    assert len([it for it in statements if it.startswith("SELECT")]) == 1
    assert asked < 10, "the database joins the documents row by row"
    began = time.perf_counter()
    assert ledger.verify() == []
    verified = time.perf_counter() - began
    dialect = ledger._store.engine.dialect.name
    say(
        capsys,
        f"{dialect}: {_PEOPLE:,} documents recorded in {recorded:.2f} s, asked in {asked:.2f} s, verified in {verified:.2f} s",
    )
