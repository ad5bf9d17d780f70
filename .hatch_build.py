"""Write the fingerprints of the data into the wheel, where the loader checks them."""

import json
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Fingerprints(BuildHookInterface):
    """Adds ``data/fingerprints.json`` to a wheel; an editable install goes without."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Take the fingerprints of the files that go into the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from karabakh_data.fingerprints import FINGERPRINTS, taken

        file = Path(tempfile.mkdtemp(), FINGERPRINTS)
        prints = taken(str(Path(self.root, "karabakh_data", "data")))
        file.write_text(json.dumps(prints, indent=1) + "\n", encoding="utf-8")
        build_data["force_include"][str(file)] = f"karabakh_data/data/{FINGERPRINTS}"
