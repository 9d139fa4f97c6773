"""Who must be named wherever wording of theirs is shown."""

from __future__ import annotations

import re

from ..tables.tables import Tables
from ..vocabulary.framework import Competencies

_ONET = re.compile(r"O\*NET(?: \d+\.\d+)? Database")


def attributions(tables: Tables) -> list[str]:
    """One sentence for each source and licence among the competencies; none for wording without a licence.

    What O*NET asks for is worded as its licence page prescribes for modified data (source: F7).
    """
    pairs = tables.frame(Competencies)[["source", "licence"]].dropna().drop_duplicates()
    sentences = [_sentence(source, licence) for source, licence in pairs.itertuples(index=False)]
    return list(dict.fromkeys(sentences))


def _sentence(source: str, licence: str) -> str:
    onet = _ONET.search(source)
    if onet is None:
        return f"Framework wording: {source}, {licence}."
    return (
        f"This page includes information from the {onet[0]} by the U.S. Department of Labor, Employment and Training "
        "Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA. We have "
        "modified all or some of this information. USDOL/ETA has not approved, endorsed, or tested these modifications."
    )
