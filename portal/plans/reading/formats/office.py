"""Old binary formats (.doc) turned into .docx by LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from portal.plans.reading.unreadable import UnreadablePlan

OFFICE_SUFFIXES = frozenset({".doc", ".wps"})
_SECONDS = 60


def converted(data: bytes, filename: str) -> bytes:
    """Return the file as .docx; raises UnreadablePlan("needs_libreoffice") where LibreOffice is missing.

    LibreOffice runs with a profile of its own in a directory that is removed afterwards, for at most a minute.
    """
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise UnreadablePlan("needs_libreoffice")
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory, f"plan{PurePath(filename.lower()).suffix}")
        source.write_bytes(data)
        command = [soffice, f"-env:UserInstallation=file://{directory}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", directory, str(source)]
        try:
            subprocess.run(command, timeout=_SECONDS, capture_output=True, check=False)  # noqa: S603 - no shell
        except subprocess.TimeoutExpired as error:
            raise UnreadablePlan("too_slow") from error
        result = source.with_suffix(".docx")
        if not result.exists():
            raise UnreadablePlan("broken")
        return result.read_bytes()
