"""Benchmarks, skipped unless measured:

    pytest tests/test_speed.py -n0 --benchmark-enable

The first four time a whole process, as a user pays for it: compare the import with a
bare interpreter, and loading every table with pandas reading the same files. The others
time a call: all tables from the ledger (0.3 s at 7,000 claims, and linear), the rivals.
"""

import subprocess
import sys

import pytest

import karabakh_data as kd
from karabakh_data import telling
from karabakh_data.descriptor import DATA, description
from karabakh_data.files import Row

CODE = {
    "python": "pass",
    "import": "import karabakh_data",
    "pandas": "import glob, pandas\nfor f in glob.glob('{data}/*.csv'): pandas.read_csv(f)",
    "load": "import karabakh_data as kd\nfor t in {tables}: kd.load(t)",
}


@pytest.fixture(autouse=True)
def measured(request):
    """Nothing is run that is not measured."""
    if not request.config.getoption("benchmark_enable"):
        pytest.skip("measured only with --benchmark-enable")


@pytest.mark.parametrize("name", CODE)
def test_a_process(benchmark, name):
    code = CODE[name].format(data=DATA, tables=list(description().tables))
    benchmark.pedantic(
        subprocess.run, args=([sys.executable, "-c", code],), kwargs={"check": True}, rounds=15
    )


@pytest.mark.parametrize("claims", [7_000, None], ids=["7000", "all"])
def test_all_tables_from_the_ledger(benchmark, claims):
    given = kd.load("claims").head(claims)

    def tell():
        record = kd.record(given)
        return [record[table] for table in record]

    assert len(benchmark(tell)) == len(description().tables)


@pytest.mark.parametrize("times", [1, 4, 16])
def test_growth(benchmark, files, times):
    """Each record so many times over, with its claims."""
    described = description()
    tables = {name: list(rows) for name, rows in files.items()}
    for name in [*described.records, "claims"]:
        key = described.tables[name].id
        columns = ["record_id"] if name == "claims" else [key, *described.parents(name)]
        for n in range(1, times):
            tables[name] += [
                Row({**row, **{column: f"{row[column]}~{n}" for column in columns}})
                for row in files[name]
            ]
    told = benchmark(telling.as_told, described, tables, tables["claims"])
    assert len(told["claims"]) == times * len(files["claims"])


def test_rivals(benchmark):
    assert len(benchmark(kd.disagreements)) > 500
