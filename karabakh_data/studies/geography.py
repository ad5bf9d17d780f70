"""Geography: the places of the record as GeoJSON, for maps and GIS."""

from __future__ import annotations

from typing import Any

from ..descriptor import Column, description, several
from ..loading import as_text
from ._given import Tables, tables
from .places import by_place


def geojson(record: Tables | None = None) -> dict[str, Any]:
    """The places as a FeatureCollection of points (GeoJSON, RFC 7946), by their keys.

    One feature is one place, with its key as ``id``; a place that is no one spot, such as
    a route or a border, has no geometry. Properties: the columns of ``places`` (the
    other names a list), ``steps`` (how many took place there) and ``meetings`` (of both
    sides, see :func:`~karabakh_data.studies.places.by_place`). All is plain Python, for
    ``json.dump``.

    >>> from karabakh_data.studies import geography
    >>> baku = next(one for one in geography.geojson()["features"] if one["id"] == "baku")
    >>> [round(degrees) for degrees in baku["geometry"]["coordinates"]]
    [50, 40]

    Args:
        record: whose places (default: as published).
    """
    given = tables(record)
    rows = given["places"].sort_values("place", ignore_index=True)
    steps = given["events"]["place"].value_counts().to_dict()
    met = by_place(given).set_index("place")["meetings"].to_dict()
    columns, features = description().tables["places"].columns, []
    for cells in as_text(description().tables["places"], rows):
        key, latitude, longitude = cells["place"], cells.pop("latitude"), cells.pop("longitude")
        spot = [float(longitude), float(latitude)] if latitude and longitude else None
        told = {name: _value(cell, columns[name]) for name, cell in cells.items()}
        counts = {"steps": int(steps.get(key, 0)), "meetings": int(met.get(key, 0))}
        features.append(
            {
                "type": "Feature",
                "id": key,
                "geometry": spot and {"type": "Point", "coordinates": spot},
                "properties": {**told, "other_names": several(cells["other_names"]), **counts},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _value(cell: str, column: Column) -> str | int | None:
    """A cell as JSON has it."""
    return (int(cell) if column.type == "integer" else cell) if cell else None
