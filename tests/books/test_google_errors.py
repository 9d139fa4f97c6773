"""Google's refusals, recorded from the real one, and what is said about them."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from careersheets.books.google.errors import GoogleFault, classify, explain
from careersheets.model.errors import AccessDenied, InputError, RemoteError

from ..support.shared_data import shared_data

RECORDED = {
    "drive-automated-queries_429": GoogleFault.ROBOT,
    "drive-files-get-nonexistent-file-id_404": GoogleFault.NOT_FOUND,
    "fitness-get-wrong-scope_403": GoogleFault.SCOPE,
    "sheets-spreadsheets-get-api-key-not-enabled_403": GoogleFault.API_OFF,
    "sheets-spreadsheets-get-bad-field-mask_400": GoogleFault.NOT_UNDERSTOOD,
    "sheets-spreadsheets-get-nonexistent-range_400": GoogleFault.NO_SUCH_TAB,
    "sheets-spreadsheets-get-nonexistent-sheet-id_404": GoogleFault.NOT_FOUND,
    "sheets-spreadsheets-get-quota-exceeded-readgroup_429": GoogleFault.BUSY,
    "sheets-spreadsheets-get-service-disabled_403": GoogleFault.API_OFF,
    "tokeninfo-bad-path_404": GoogleFault.NOT_UNDERSTOOD,
    "tokeninfo-stale_400": GoogleFault.SIGNED_OUT,
}
# The error answers among the cassettes: how many of each.
IN_CASSETTES = {
    (404, GoogleFault.NOT_FOUND): 4,
    (403, GoogleFault.NOT_SHARED): 1,
    (400, GoogleFault.NOT_UNDERSTOOD): 5,
}


def test_every_recorded_error_body_is_classified_rightly() -> None:
    recorded = json.loads(shared_data("cassettes", "gargle", "gargle_responses.json").read_text("utf-8"))
    found = {
        name.removesuffix(".rds"): classify(answer["status"], answer["body"])
        for name, answer in recorded.items()
    }
    assert found == RECORDED


def test_every_error_among_the_cassettes_is_classified_rightly() -> None:
    found: Counter[tuple[int, GoogleFault]] = Counter()
    for path in shared_data("cassettes").glob("*.json"):
        for exchange in json.loads(path.read_text("utf-8"))["interactions"]:
            status = exchange["response"]["status"]["code"]
            if status >= 400:
                found[status, classify(status, exchange["response"]["body"]["string"])] += 1
    assert found == IN_CASSETTES


@pytest.mark.parametrize(
    ("status", "reason", "text", "fault"),
    [
        (403, "storageQuotaExceeded", "Service Accounts do not have storage quota.", GoogleFault.NO_STORAGE),
        (403, "storageQuotaExceeded", "The user's Drive storage quota has been exceeded.", GoogleFault.STORAGE_FULL),
        (403, "userRateLimitExceeded", "User Rate Limit Exceeded.", GoogleFault.BUSY),
        (403, "insufficientFilePermissions", "The user does not have sufficient permissions.", GoogleFault.NOT_SHARED),
        (400, "", "This operation is not supported for this document", GoogleFault.EXCEL_FILE),
        (400, "", "Range (People!A9:B9) exceeds grid limits. Max rows: 8", GoogleFault.OUTSIDE_GRID),
        (400, "", "You are trying to edit a protected cell or object.", GoogleFault.PROTECTED),
        (400, "", "This action would increase the cells above the limit of 10000000 cells.", GoogleFault.TOO_LARGE),
        (409, "fileIdInUse", "A file already exists with the provided ID.", GoogleFault.ID_TAKEN),
        (401, "authError", "Invalid Credentials", GoogleFault.SIGNED_OUT),
        (500, "backendError", "Internal Error", GoogleFault.DOWN),
    ],
)  # fmt: skip
def test_errors_that_nobody_recorded_are_classified_by_what_google_documents(
    status: int, reason: str, text: str, fault: GoogleFault
) -> None:
    body = {"error": {"code": status, "message": text, "errors": [{"reason": reason}] if reason else []}}
    assert classify(status, json.dumps(body)) is fault


def test_a_refused_token_means_signing_in_again() -> None:
    assert classify(400, '{"error": "invalid_grant", "error_description": "Bad"}') is GoogleFault.SIGNED_OUT


def test_a_page_instead_of_an_answer_is_a_temporary_problem() -> None:
    assert classify(502, b"<html>Bad gateway \xff</html>") is GoogleFault.DOWN
    assert classify(0, b"") is GoogleFault.UNREACHABLE
    assert GoogleFault.UNREACHABLE.temporary


@pytest.mark.parametrize("fault", GoogleFault)
def test_every_fault_is_said_in_plain_sentences_with_what_to_do(fault: GoogleFault) -> None:
    text = str(fault.of("Careers 2026", "robot@example.iam.gserviceaccount.com"))
    assert text.startswith("Google ")
    assert '"Careers 2026"' in text
    assert "{" not in text
    assert text.endswith(".")


def test_the_kind_of_error_decides_the_exit_code() -> None:
    denied = json.dumps({"error": {"code": 403, "message": "The caller does not have permission"}})
    error = explain(403, denied, "Careers", "robot@example.com")
    assert isinstance(error, AccessDenied)
    assert "robot@example.com" in str(error)
    assert isinstance(explain(404, "{}", "Careers"), InputError)
    assert isinstance(explain(503, "{}", "Careers"), RemoteError)
