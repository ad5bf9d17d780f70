"""Accept edited tables: sort each by its key and write its fingerprint into the descriptor.

    python tests/seal.py

Run it after `pytest tests` has no complaint but the fingerprints.
"""

import csv
import json
from hashlib import sha256
from pathlib import Path

DATA = Path(__file__).parents[1] / "karabakh_data" / "data"


def seal() -> None:
    descriptor = DATA / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    for resource in package["resources"]:
        file = DATA / resource["path"]
        with file.open(encoding="utf-8", newline="") as stream:
            table = csv.DictReader(stream)
            header = list(table.fieldnames or [])
            key = resource["schema"]["primaryKey"]
            rows = sorted(table, key=lambda row, key=key: [row[name] for name in key])
        with file.open("w", encoding="utf-8", newline="") as stream:
            out = csv.DictWriter(stream, header, lineterminator="\n")
            out.writeheader()
            out.writerows(rows)
        content = file.read_bytes()
        resource["bytes"] = len(content)
        resource["hash"] = f"sha256:{sha256(content).hexdigest()}"
    text = json.dumps(package, indent=1, ensure_ascii=False) + "\n"
    descriptor.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    seal()
