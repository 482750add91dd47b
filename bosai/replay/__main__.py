"""`python -m bosai.replay DOCUMENT`: writes every replay of a document anew, at the root of the repository."""

import sys
from pathlib import Path

from bosai.replay.document import written_anew

if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(written_anew(document.read_text(encoding="utf-8"), Path.cwd()), encoding="utf-8")
