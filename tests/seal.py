"""Accept edited tables: sort each by its key and write its fingerprint into the descriptor.

    python tests/seal.py

Nothing is written while a row, or the ledger, is at fault: the faults are listed.
"""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

from karabakh_data.descriptor import DATA, fields, key, package, resources
from karabakh_data.integrity import ledger_faults, read_table, reference_faults, row_faults


def in_order(table: str) -> list:
    names = key(table)
    return sorted(read_table(table), key=lambda row: [row[1][name] for name in names])


def seal() -> None:
    try:
        tables = {table: in_order(table) for table in resources()}
    except ValueError as error:
        raise SystemExit(str(error)) from None
    faults = [fault for name, rows in tables.items() for fault in row_faults(name, rows)]
    if faults := [*faults, *reference_faults(tables), *ledger_faults(tables)]:
        raise SystemExit("\n".join([*map(str, faults[:20]), f"{len(faults)} faults in all."]))
    for one in package()["resources"]:
        text = io.StringIO(newline="")
        out = csv.DictWriter(text, list(fields(one["name"])), lineterminator="\n")
        out.writeheader()
        out.writerows(row for _, row in tables[one["name"]])
        content = text.getvalue().encode("utf-8")
        Path(DATA, one["path"]).write_bytes(content)
        one["bytes"], one["hash"] = len(content), f"sha256:{sha256(content).hexdigest()}"
    descriptor = json.dumps(package(), indent=1, ensure_ascii=False) + "\n"
    Path(DATA, "datapackage.json").write_text(descriptor, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    seal()
