"""Benchmarks, run as tests without measuring. To measure:

    pytest tests/test_speed.py -n0 --benchmark-enable

Each times a whole process, as a user pays for it. Compare the pairs: the import
with a bare interpreter, loading every table with pandas reading the same files.
"""

import subprocess
import sys

import pytest

CODE = {
    "python": "pass",
    "import": "import karabakh_data",
    "pandas": "import glob, pandas\nfor f in glob.glob('{data}/*.csv'): pandas.read_csv(f)",
    "load": "import karabakh_data as kd\nfor t in {tables}: kd.load(t)",
}


@pytest.mark.parametrize("name", CODE)
def test_speed(benchmark, name):
    from karabakh_data.descriptor import DATA, resources

    code = CODE[name].format(data=DATA, tables=list(resources()))
    benchmark.pedantic(
        subprocess.run, args=([sys.executable, "-c", code],), kwargs={"check": True}, rounds=15
    )
