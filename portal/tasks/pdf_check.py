"""The checking process of one PDF: limits itself, reads it from standard input, prints one word about it.

Started by its path, so that nothing of the portal is loaded where somebody else's file is opened.
"""

import io
import logging
import resource
import sys

import pypdf
from pypdf.errors import LimitReachedError

_MIB = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 512 * _MIB,
    resource.RLIMIT_CPU: 8,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: 64,
    resource.RLIMIT_CORE: 0,
}

#: security.md C44.
MOST_PAGES = 300


def main() -> None:
    """Print fit, encrypted, too_large, bomb or broken."""
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    logging.disable()  # its warnings quote the file
    sys.stdout.write(_word(sys.stdin.buffer.read()))


def _word(data: bytes) -> str:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return "encrypted"
        pages = len(reader.pages)
    except LimitReachedError:
        return "bomb"
    except Exception:  # whatever a damaged file makes pypdf raise, it is not a PDF that people can open
        return "broken"
    return "broken" if pages == 0 else "fit" if pages <= MOST_PAGES else "too_large"


if __name__ == "__main__":
    main()
