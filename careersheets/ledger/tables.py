"""The tables of a ledger, the same in SQLite and PostgreSQL.

`entries` is the chain: it holds digests only and is never changed. What an entry says stands in the table named by its
kind, and who else it names in `parts`; either can be deleted with its salt, and the chain still holds. All columns but
the number are text, so that a digest is the same on every database. Instants are UTC, ISO 8601, ending in Z.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, MetaData, Table, Text

METADATA = MetaData()

entries = Table(
    "entries",
    METADATA,
    Column("workbook", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("part_digest", Text, nullable=False),
    Column("chain", Text, nullable=False),
)

heads = Table(
    "heads",
    METADATA,
    Column("workbook", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("chain", Text, nullable=False),
)


def _payload(name: str, *columns: str) -> Table:
    """A table of what entries of one kind say; deleting a row erases it."""
    return Table(
        name,
        METADATA,
        Column("workbook", Text, primary_key=True),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("salt", Text, nullable=False),
        *(Column(column, Text, nullable=False) for column in columns),
    )


parts = _payload("parts", "person", "address", "text")
runs = _payload("runs", "run", "verb", "state", "outcome", "versions", "counts")
inputs = _payload("inputs", "run", "person", "source", "fingerprint")
findings = _payload("findings", "run", "person", "code", "place", "state")
transitions = _payload("transitions", "run", "person", "cycle", "state", "stated_on", "fingerprint")
frameworks = _payload("frameworks", "run", "version", "cycle", "fingerprint")
documents = _payload(
    "documents",
    "run",
    "person",
    "document",
    "kind",
    "occasion",
    "sha256",
    "inputs",
    "template",
    "version",
    "state",
)
deliveries = _payload("deliveries", "run", "person", "delivery", "document", "channel", "state", "reason")
forms = _payload("forms", "run", "person", "document", "version", "fingerprint", "sha256")
erasures = _payload("erasures", "why", "payloads", "parts")

Index("documents_of", documents.c.workbook, documents.c.person, documents.c.kind, documents.c.occasion)
Index("deliveries_of", deliveries.c.workbook, deliveries.c.delivery)
Index("deliveries_of_document", deliveries.c.workbook, deliveries.c.document)
Index("inputs_of", inputs.c.workbook, inputs.c.person, inputs.c.source)
Index("findings_of", findings.c.workbook, findings.c.person)
Index("transitions_of", transitions.c.workbook, transitions.c.cycle, transitions.c.person)
Index("forms_of", forms.c.workbook, forms.c.sha256)
Index("parts_of", parts.c.workbook, parts.c.person)

# By the kind of entry. Erasures say nothing about anybody and are never erased.
PAYLOADS: dict[str, Table] = {
    table.name: table
    for table in (runs, inputs, findings, transitions, frameworks, documents, deliveries, forms, erasures)
}
ERASABLE = {name: table for name, table in PAYLOADS.items() if table is not erasures}


def said_columns(table: Table) -> list[str]:
    """The columns that a digest covers."""
    return [column.name for column in table.columns if column.name not in ("workbook", "seq", "salt")]
