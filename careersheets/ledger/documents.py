"""Documents that were made, which of them are still as they would be made now, and the forms that came back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from .records import DocumentKey, DocumentRecord, FormRecord, Ingredients
from .selecting import latest_of, rows_of, with_part
from .store import New, Store
from .tables import documents, forms, runs

# How the outcome of a run begins that was left by an error.
FAILED = "failed"
_OF = (documents.c.person, documents.c.kind, documents.c.occasion)
_OF_RECORD = (
    "document", "person", "kind", "occasion", "part_text", "sha256", "inputs", "template", "version", "state",
)  # fmt: skip


def new_document_id() -> str:
    """An id for a document that is about to be made; forms carry it, and it means nothing."""
    return secrets.token_hex(8)


def record_documents(store: Store, run: str, made: Iterable[DocumentRecord]) -> None:
    """Note documents that now lie where they belong."""
    with store.write() as connection:
        store.append(connection, [_new(run, document) for document in made])


def latest_documents(store: Store) -> dict[DocumentKey, DocumentRecord]:
    """The last document of each key, in one query."""
    query = with_part(latest_of(store, documents, _OF))
    with store.read() as connection:
        records = [_document(*row) for row in connection.execute(query).columns(*_OF_RECORD)]
    return {record.key: record for record in records}


def unchanged(
    store: Store, wanted: Mapping[DocumentKey, tuple[Ingredients, str]]
) -> dict[DocumentKey, DocumentRecord]:
    """Those of `wanted` whose last document was made from the same, in the same state, and whose path is known."""
    return {
        key: record
        for key, record in latest_documents(store).items()
        if record.path and wanted.get(key) == (record.ingredients, record.state)
    }


def document_by_id(store: Store, document: str) -> DocumentRecord | None:
    """The document with this id."""
    query = rows_of(store, documents).where(documents.c.document == document)
    with store.read() as connection:
        rows = connection.execute(with_part(query).order_by(documents.c.seq.desc()))
        row = rows.columns(*_OF_RECORD).first()
    return _document(*row) if row else None


def accept_forms(store: Store, run: str, filled: Iterable[FormRecord]) -> list[FormRecord]:
    """Note forms as accepted; those that were not accepted before, whatever the file is called.

    A run that failed entered nothing, and of one that was killed it is not known; what these noted may be accepted again.
    """
    with store.write() as connection:
        known = {
            sha256
            for sha256, of_run, outcome in _noted(store, connection)
            if of_run == run or (outcome and not outcome.startswith(FAILED))
        }
        new = []
        for form in filled:
            if form.sha256 not in known:
                known.add(form.sha256)
                new.append(form)
        store.append(connection, [_new_form(run, form) for form in new])
    return new


def outcomes_of_forms(store: Store) -> dict[str, str]:
    """How the run ended in which each form was noted last, by the file's SHA-256; "" if it never did."""
    with store.read() as connection:
        return {sha256: outcome for sha256, _, outcome in _noted(store, connection)}


def accepted_forms(store: Store, document: str = "") -> list[FormRecord]:
    """The forms accepted so far, of one document or all, the first first."""
    query = rows_of(store, forms).order_by(forms.c.seq)
    if document:
        query = query.where(forms.c.document == document)
    with store.read() as connection:
        return [
            FormRecord(row.document, row.person, row.version, row.fingerprint, row.sha256)
            for row in connection.execute(query)
        ]


def _noted(store: Store, connection: Connection) -> list[tuple[str, str, str]]:
    """SHA-256, run and the outcome of the run of each form that was noted, the first first."""
    ends = rows_of(store, runs).where(runs.c.state == "ended")
    outcomes = {row.run: row.outcome for row in connection.execute(ends)}
    rows = connection.execute(rows_of(store, forms).order_by(forms.c.seq))
    return [(row.sha256, row.run, outcomes.get(row.run, "")) for row in rows]


def _new(run: str, it: DocumentRecord) -> New:
    said = {
        "run": run,
        "person": it.key.person,
        "document": it.document,
        "kind": it.key.kind,
        "occasion": it.key.occasion,
        "sha256": it.sha256,
        "inputs": it.ingredients.inputs,
        "template": it.ingredients.template,
        "version": it.ingredients.version,
        "state": it.state,
    }
    return New("documents", said, {"text": it.path})


def _document(
    document: str, person: str, kind: str, occasion: str, path: str | None,
    sha256: str, inputs: str, template: str, version: str, state: str,
) -> DocumentRecord:  # fmt: skip
    """The record of a row with the columns `_OF_RECORD`."""
    key = DocumentKey(person, kind, occasion)
    return DocumentRecord(document, key, path or "", sha256, Ingredients(inputs, template, version), state)


def _new_form(run: str, it: FormRecord) -> New:
    said = {
        "run": run,
        "person": it.person,
        "document": it.document,
        "version": it.version,
        "fingerprint": it.fingerprint,
        "sha256": it.sha256,
    }
    return New("forms", said)
