"""The few things asked of Google Drive. Each can be asked again, whatever became of the first time.

Ids are made before anything is created with them, so a second creation is refused as existing; a permission for the same
address stays one permission.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from googleapiclient.http import MediaInMemoryUpload

from ..books.google.client import Failure, GoogleClient
from ..books.google.errors import GoogleFault
from .drive_refusals import DriveTrouble, trouble_of

FOLDER_TYPE = "application/vnd.google-apps.folder"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The property by which a thing in Drive is known as ours; only careersheets can see it there.
PROPERTY = "careersheets"
_FILE = "id,trashed"
_PERMISSIONS = "nextPageToken,permissions(id,type,role,emailAddress)"


class DriveCalls:
    """Asks Drive through `client`, which asks again where that may help."""

    def __init__(self, client: GoogleClient) -> None:
        self._client = client
        self._files, self._permissions = client.drive.files(), client.drive.permissions()

    def new_id(self) -> str:
        """An id that nothing has yet."""
        answer = self._ask(self._files.generateIds(count=1, space="drive", fields="ids"))
        return str(answer["ids"][0])

    def look_up(self, file: str) -> Mapping[str, Any] | None:
        """Whether a file or folder is there, and whether in the bin; None if it is not there for us."""
        try:
            return self._ask(self._files.get(fileId=file, fields=_FILE, supportsAllDrives=True))
        except DriveTrouble as trouble:
            if trouble.fault is GoogleFault.NOT_FOUND:
                return None
            raise

    def find(self, parent: str, key: str) -> Mapping[str, Any] | None:
        """The oldest thing in `parent` that was made with `key` and is not in the bin."""
        query = (
            f"'{_quoted(parent)}' in parents and trashed = false and "
            f"appProperties has {{ key='{PROPERTY}' and value='{_quoted(key)}' }}"
        )
        request = self._files.list(
            q=query,
            orderBy="createdTime",
            pageSize=10,
            fields=f"files({_FILE})",
            spaces="drive",
            supportsAllDrives=True,
            includeItemsFromAllDrives=True,
        )
        return next(iter(self._ask(request).get("files", [])), None)

    def create_folder(self, folder: str, name: str, parent: str, key: str) -> None:
        """Make a folder with the id `folder`; nothing where it is there already."""
        body = _body(folder, name, parent, key, FOLDER_TYPE)
        self._create(self._files.create(body=body, fields="id", supportsAllDrives=True))

    def create_document(self, file: str, name: str, parent: str, key: str, data: bytes) -> None:
        """Put a document into `parent` with the id `file`; nothing where it is there already."""
        body = _body(file, name, parent, key, WORD_TYPE)
        media = MediaInMemoryUpload(data, mimetype=WORD_TYPE)
        self._create(self._files.create(body=body, media_body=media, fields="id", supportsAllDrives=True))

    def permissions(self, file: str) -> list[Mapping[str, Any]]:
        """Who may see a file or folder, those who see what is above it included."""
        found: list[Mapping[str, Any]] = []
        more: dict[str, str] = {}
        while True:
            request = self._permissions.list(
                fileId=file, fields=_PERMISSIONS, pageSize=100, supportsAllDrives=True, **more
            )
            page = self._ask(request)
            found += page.get("permissions", [])
            if not page.get("nextPageToken"):
                return found
            more = {"pageToken": str(page["nextPageToken"])}

    def let_read(self, file: str, address: str) -> None:
        """Let `address` read a file or folder; Google sends no mail of its own."""
        self._let(file, address, "reader")

    def let_edit(self, file: str, address: str) -> None:
        """Let `address` change a file; Google sends no mail of its own."""
        self._let(file, address, "writer")

    def _let(self, file: str, address: str, role: str) -> None:
        body = {"type": "user", "role": role, "emailAddress": address}
        request = self._permissions.create(
            fileId=file, body=body, sendNotificationEmail=False, supportsAllDrives=True, fields="id"
        )
        self._ask(request)

    def _create(self, request: Any) -> None:
        try:
            self._ask(request)
        except DriveTrouble as trouble:
            if trouble.fault is not GoogleFault.ID_TAKEN:
                raise

    def _ask(self, request: Any) -> dict[str, Any]:
        """The answer.

        Raises:
            DriveTrouble: it was not done, or nobody knows, after all attempts.
        """
        answer = self._client.try_send(request)
        if isinstance(answer, Failure):
            raise trouble_of(answer.status, answer.content, self._client.account)
        return answer


def _body(file: str, name: str, parent: str, key: str, kind: str) -> dict[str, Any]:
    return {"id": file, "name": name, "parents": [parent], "mimeType": kind, "appProperties": {PROPERTY: key}}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
