"""Time and peak memory of the study of violence on made events, engine by engine.

    python tests/bench_violence.py 100000 1000000 10000000

Not a test, and not collected as one. Needs narwhals, pyarrow and the engines (those not
installed are left out). Events lie in a Parquet file, in the shape of UCDP GED, one in
twenty of several days, with a text that no engine need read. Each engine is a process of
its own; DuckDB has a limit of memory below the size of the file (at least 64 MB, which it
needs for itself). Seconds are of the study alone, from file or frame to its result; peak
memory is of the whole process, with Python and what it imports, and for Spark of its JVM.
All results must be equal. "loop" is what one would write without: a filter of the frame a
window, for every day; it is left out beyond a million events.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from karabakh_data.studies import attempts, violence

ENGINES = ("pandas", "polars", "duckdb", "pyspark", "loop")
LOOP_UP_TO = 1_000_000
PART = 1_000_000


def write(path: str, rows: int) -> None:
    """The events, part by part, in no order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng, writer = np.random.default_rng(5), None
    for start in range(0, rows, PART):
        many = min(PART, rows - start)
        first = np.datetime64("1990-01-01") + rng.integers(0, 12_400, many)
        length = np.where(rng.random(many) < 0.05, rng.integers(1, 31, many), 0)
        text = np.frombuffer(rng.bytes(24 * many).hex().encode(), dtype="S48")
        table = pa.table(
            {
                "id": np.arange(start, start + many),
                "date_start": pa.array(first.astype("datetime64[D]")),
                "date_end": pa.array((first + length).astype("datetime64[D]")),
                "best": rng.poisson(2, many),
                "country": pa.array(np.array(["Azerbaijan", "Armenia"])[rng.integers(0, 2, many)]),
                "source_article": pa.array(text).cast(pa.string()),
            }
        )
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    writer.close()


def opened(engine: str, path: str):
    """The events as that engine has them."""
    if engine == "polars":
        import polars

        return polars.scan_parquet(path)
    if engine == "duckdb":
        import duckdb

        limit = max(64, Path(path).stat().st_size // 2**20 // 2)
        scratch = tempfile.mkdtemp()
        options = {"memory_limit": f"{limit}MB", "threads": 2, "temp_directory": scratch}
        return duckdb.connect(config=options).read_parquet(path)
    if engine == "pyspark":
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.shuffle.partitions", "4")
        return builder.config("spark.driver.memory", "2g").getOrCreate().read.parquet(path)
    frame = pd.read_parquet(path)
    return frame.astype(dict.fromkeys(("date_start", "date_end"), "datetime64[us]"))


def looped(events: pd.DataFrame, days: int = 30) -> list[float]:
    """Deaths before every day, and after each attempt's, by a filter a window."""
    step = pd.Timedelta(days=days)
    before = {}
    for day in pd.date_range(events["date_start"].min(), events["date_start"].max()):
        start = events["date_start"]
        before[day] = events.loc[(start >= day - step) & (start < day), "best"].sum()
        events.loc[(start > day) & (start <= day + step), "best"].sum()
    own = attempts.attempts()["declared"].dropna()
    return [float(before[day]) for day in own if day in before]


def high(process: int | str) -> float:
    """The most memory that a process had, in MB, as Linux tells it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (found,) = (one for one in lines if one.startswith("VmHWM"))
    return int(found.split()[1]) / 1024


def run(engine: str, path: str) -> None:
    """One engine, in this process: a line of JSON."""
    violence.around(pd.DataFrame({"date": ["1994-05-12"], "deaths": [1]}))  # imports
    began = time.perf_counter()
    events = opened(engine, path)
    ready = time.perf_counter()
    found = looped(events) if engine == "loop" else violence.around(events, 30)
    done = time.perf_counter()
    processes = ["self"]
    if engine == "pyspark":
        processes.append(events.sparkSession.sparkContext._gateway.proc.pid)
    peak = sum(map(high, processes))
    result = None if engine == "loop" else found.round(6).to_json(orient="split")
    print(json.dumps([ready - began, done - ready, peak, result]))


def main(sizes: list[int]) -> None:
    """A table of all engines at all sizes."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(
        f"{'events':>12} {'file MB':>8} {'engine':>8} {'open s':>8} {'study s':>8} {'peak MB':>8}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path, results = f"{folder}/{rows}.parquet", set()
            write(path, rows)
            size = Path(path).stat().st_size / 2**20
            for engine in ENGINES:
                if engine != "loop" and not find_spec(engine):
                    continue
                if engine == "loop" and rows > LOOP_UP_TO:
                    continue
                command = [sys.executable, __file__, engine, path]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                opening, study, peak, result = json.loads(done.stdout.splitlines()[-1])
                results |= {result} - {None}
                line = f"{rows:12,} {size:8.1f} {engine:>8} {opening:8.2f} {study:8.2f} {peak:8.0f}"
                print(line, flush=True)
            assert len(results) == 1, f"the engines differ at {rows:,} events"


if __name__ == "__main__":
    if sys.argv[1] in ENGINES:
        run(*sys.argv[1:])
    else:
        main([int(one) for one in sys.argv[1:]])
