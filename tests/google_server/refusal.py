"""The errors that the local Google answers with, in the shapes of both of its interfaces."""

from __future__ import annotations

from typing import Any

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
_REASON = {404: "notFound", 403: "insufficientFilePermissions", 429: "rateLimitExceeded", 409: "fileIdInUse"}
_ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"
_BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest"


class Refused(Exception):
    """A request that is answered with an error."""

    def __init__(
        self, code: int, message: str, *, reason: str = "", details: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.details = details or []

    def body(self, *, drive: bool) -> dict[str, Any]:
        if drive:
            reason = self.reason or _REASON.get(self.code, "badRequest")
            errors = [{"message": self.message, "domain": "global", "reason": reason}]
            return {"error": {"code": self.code, "message": self.message, "errors": errors}}
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": _STATUS.get(self.code, "UNKNOWN"),
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid_value(path: str, expected: str, shown: str) -> Refused:
    message = f"Invalid value at '{path}' ({expected}), {shown}"
    return violation(message, path, message)


def violation(message: str, field: str, description: str) -> Refused:
    details = [{"@type": _BAD_REQUEST, "fieldViolations": [{"field": field, "description": description}]}]
    return Refused(400, message, details=details)


def not_modelled(what: str) -> Refused:
    return Refused(501, f"The local Google does not model {what}.")


def no_permission() -> Refused:
    return Refused(403, "The caller does not have permission")


def out_of_quota(kind: str) -> Refused:
    name = f"{kind.capitalize()} requests"
    message = (
        f"Quota exceeded for quota metric '{name}' and limit '{name} per minute per user' of service "
        "'sheets.googleapis.com' for consumer 'project_number:123456789012'."
    )
    info = {"@type": _ERROR_INFO, "reason": "RATE_LIMIT_EXCEEDED", "domain": "googleapis.com"}
    return Refused(429, message, reason="userRateLimitExceeded", details=[info])


def too_few_scopes() -> Refused:
    info = {"@type": _ERROR_INFO, "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT", "domain": "googleapis.com"}
    return Refused(
        403,
        "Request had insufficient authentication scopes.",
        reason="insufficientPermissions",
        details=[info],
    )
