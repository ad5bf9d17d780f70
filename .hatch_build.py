"""What a package holds that no file does: fingerprints of the data, a README without files."""

import json
import re
import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


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


class Readme(MetadataHookInterface):
    """The README as an index page shows it: the files it links to are not there."""

    def update(self, metadata: dict) -> None:
        """Take out pictures that are files; of links to files only the words stay."""
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        text = re.sub(r"!\[[^]]*\]\((?!https?:)[^)]*\)\n*", "", text)
        text = re.sub(r"\[([^]]*)\]\((?!https?:)[^)]*\)", r"\1", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
