"""Names of datelines resolve to the place that a wire means, or to none."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.normalise import places
from wirecopy.normalise.gazetteer import Gazetteer, place_key
from wirecopy.normalise.places import Qualifier, candidates, is_place, qualifier_of, qualifiers_of, resolve

CITIES = tomllib.loads((Path(__file__).parent / "dateline_cities.toml").read_text(encoding="utf-8"))
SPELLINGS = [
    pytest.param(country, city, spelling, id=f"{country}-{spelling}")
    for country, cities in CITIES.items()
    for city, spellings in cities.items()
    for spelling in spellings
]


def test_every_dateline_city_is_found_under_all_its_names():
    """Exonyms, former names and eleven scripts lead to the same place; one list, so that a gap shows at once."""
    lost = [
        (country, city, spelling, found and (found.name, found.country))
        for country, city, spelling in (param.values for param in SPELLINGS)
        if not ((found := resolve(spelling)) and found.name == city and found.country == country)
    ]
    assert not lost
    assert sum(map(len, CITIES.values())) >= 150


# (name, qualifier, agency's country, language) -> (name of the place, division, country)
QUALIFIED = [
    (("BIRMINGHAM", "Ala."), ("Birmingham", "Alabama", "US")),
    (("BIRMINGHAM", "England"), ("Birmingham", "England", "GB")),
    (("BIRMINGHAM", "AL"), ("Birmingham", "Alabama", "US")),
    (("PARIS", "Texas"), ("Paris", "Texas", "US")),
    (("PARIS", "Tex."), ("Paris", "Texas", "US")),
    (("CAMBRIDGE", "Mass."), ("Cambridge", "Massachusetts", "US")),
    (("CAMBRIDGE", "England"), ("Cambridge", "England", "GB")),
    (("LONDON", "Ontario"), ("London", "Ontario", "CA")),
    (("LONDON", "Ont."), ("London", "Ontario", "CA")),
    (("TBILISI", "Georgia"), ("Tbilisi", "Tbilisi", "GE")),
    (("ATLANTA", "Georgia"), ("Atlanta", "Georgia", "US")),
    (("AUGUSTA", "Ga."), ("Augusta", "Georgia", "US")),
    (("TRIPOLI", "Lebanon"), ("Tripoli", "Liban-Nord", "LB")),
    (("VANCOUVER", "Wash."), ("Vancouver", "Washington", "US")),
    (("VANCOUVER", "British Columbia"), ("Vancouver", "British Columbia", "CA")),
    (("PORTLAND", "Maine"), ("Portland", "Maine", "US")),
    (("PORTLAND", "Ore."), ("Portland", "Oregon", "US")),
    (("COLUMBUS", "Ohio"), ("Columbus", "Ohio", "US")),
    (("CHARLESTON", "W.Va."), ("Charleston", "West Virginia", "US")),
    (("CHARLESTON", "S.C."), ("Charleston", "South Carolina", "US")),
    (("KANSAS CITY", "Mo."), ("Kansas City", "Missouri", "US")),
    (("KANSAS CITY", "Kan."), ("Kansas City", "Kansas", "US")),
    (("VALENCIA", "Venezuela"), ("Valencia", "Carabobo", "VE")),
    (("VALENCIA", "Spain"), ("Valencia", "Valencia", "ES")),
    (("SANTIAGO", "Chile"), ("Santiago", "Santiago Metropolitan", "CL")),
    (("SAN JOSE", "Calif."), ("San Jose", "California", "US")),
    (("SAN JOSE", "Costa Rica"), ("San José", "San José", "CR")),
    (("HYDERABAD", "Pakistan"), ("Hyderabad", "Sindh", "PK")),
    (("HYDERABAD", "Telangana"), ("Hyderabad", "Telangana", "IN")),
    (("Landquart", "GR"), ("Landquart", "Grisons", "CH")),
    (("Chur", "Graubünden"), ("Chur", "Grisons", "CH")),
    (("MOSCOW", "Idaho"), ("Moscow", "Idaho", "US")),
    (("ST. PETERSBURG", "Fla."), ("St. Petersburg", "Florida", "US")),
    (("ODESSA", "Texas"), ("Odessa", "Texas", "US")),
    (("ADELAIDE", "SA", "AU"), ("Adelaide", "South Australia", "AU")),
    (("CAPE TOWN", "SA"), ("Cape Town", "Western Cape", "ZA")),
    (("NEWCASTLE", "NSW"), ("Newcastle", "New South Wales", "AU")),
    (("GUADALAJARA", "Jal."), ("Guadalajara", "Jalisco", "MX")),
    (("CAMPINAS", "SP"), ("Campinas", "São Paulo", "BR")),
    (("LUCKNOW", "UP"), ("Lucknow", "Uttar Pradesh", "IN")),
    (("ALIGARH", "U.P."), ("Alīgarh", "Uttar Pradesh", "IN")),
    (("SRINAGAR", "J&K"), ("Srinagar", "Jammu and Kashmir", "IN")),
    (("FREIBURG", "Germany"), ("Freiburg", "Baden-Wurttemberg", "DE")),
    (("FRANKFURT", "West Germany"), ("Frankfurt am Main", "Hesse", "DE")),
    (("KAZAN", "USSR"), ("Kazan", "Tatarstan Republic", "RU")),
    (("Kasan", "Russland"), ("Kazan", "Tatarstan Republic", "RU")),
    (("Грозный", "Чечня"), ("Grozny", "Chechnya", "RU")),
    (("BELFAST", "Northern Ireland"), ("Belfast", "Northern Ireland", "GB")),
    (("SWANSEA", "Wales"), ("Swansea", "Wales", "GB")),
    (("MONTEREY", "Calif."), ("Monterey", "California", "US")),
    (("LINCOLN", "Neb."), ("Lincoln", "Nebraska", "US")),
    (("武汉", "湖北"), ("Wuhan", "Hubei", "CN")),
]
HOMES = [
    (("HYDERABAD", None, "PK"), ("Hyderabad", "PK")),
    (("HYDERABAD", None, "IN"), ("Hyderabad", "IN")),
    (("CORDOBA", None, "ES"), ("Córdoba", "ES")),
    (("CORDOBA", None, "AR"), ("Córdoba", "AR")),
    (("VALENCIA", None, "VE"), ("Valencia", "VE")),
    (("BIRMINGHAM", None, "US"), ("Birmingham", "US")),
    (("VICTORIA", None, "CA"), ("Victoria", "CA")),
    (("CAMBRIDGE", None, "GB"), ("Cambridge", "GB")),
    (("LONDON", None, "CA"), ("London", "GB")),
    (("PARIS", None, "US"), ("Paris", "FR")),
    (("BERLIN", None, "US"), ("Berlin", "DE")),
]
ALONE = [
    ("TRIPOLI", "LY"), ("VALENCIA", "ES"), ("CÓRDOBA", "AR"), ("SANTIAGO", "CL"), ("SAN JOSE", "CR"), ("HYDERABAD", "IN"),
    ("VANCOUVER", "CA"), ("PORTLAND", "US"), ("SALVADOR", "BR"), ("SAN SALVADOR", "SV"), ("BALTIMORE", "US"), ("PERTH", "AU"),
    ("ATHENS", "GR"), ("ALEXANDRIA", "EG"), ("ODESSA", "UA"), ("MELBOURNE", "AU"), ("TAIWAN", "TW"), ("CUBA", "CU"),
    ("JAMAICA", "JM"), ("LEBANON", "LB"), ("KASHMIR", "IN"), ("北京市", "CN"), ("서울시", "KR"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "meant"), QUALIFIED, ids=lambda value: " ".join(map(str, value)))
def test_a_qualifier_decides(asked, meant):
    """What stands behind the name settles division and country, in the agency's own country first."""
    name, qualifier, *country = asked
    found = resolve(name, qualifier=qualifier, country=country[0] if country else None)
    assert found
    assert (found.name, found.admin1, found.country) == meant


@pytest.mark.parametrize(("asked", "meant"), HOMES)
def test_an_agencys_own_country_is_weak_evidence(asked, meant):
    """A namesake at home wins over a comparable one abroad, never over a capital of the world."""
    name, qualifier, country = asked
    found = resolve(name, qualifier=qualifier, country=country)
    assert found
    assert (found.name, found.country) == meant


@pytest.mark.parametrize(("name", "country"), ALONE)
def test_a_name_alone_means_what_agencies_mean_by_it(name, country):
    """Without qualifier the stand-alone datelines of the agencies count."""
    found = resolve(name)
    assert found
    assert found.country == country


@pytest.mark.parametrize("name", ["CAMBRIDGE", "GEORGIA", "no such place", "", "AP", "   ", "12"])
def test_a_country_is_never_a_coin_toss(name):
    """Where rivals of several countries are about equal, or nobody bears the name, nothing is returned."""
    assert resolve(name) is None


def test_rivals_and_confidence_are_kept():
    """A choice says how sure it is, and who else was meant perhaps."""
    sure, unsure = resolve("PARIS"), resolve("SPRINGFIELD", country="US")
    assert sure
    assert unsure
    assert sure.confidence > 0.95
    assert unsure.confidence < 0.7
    assert sure.rivals
    assert sure.geoname_id not in sure.rivals
    assert candidates("SPRINGFIELD")[0].rivals == tuple(place.geoname_id for place in candidates("SPRINGFIELD"))[1:9]


def test_united_nations_is_new_york_with_a_doubt():
    """A loose name keeps less confidence than the city's own."""
    loose, own = resolve("UNITED NATIONS"), resolve("NEW YORK")
    assert loose
    assert own
    assert loose.geoname_id == own.geoname_id
    assert loose.confidence < 0.8 < own.confidence


def test_an_unknown_town_in_a_known_region_gives_the_region():
    """The country is certain though the town is not: half confidence, the name of what is known."""
    state, country = resolve("Nosuchville", qualifier="Kan."), resolve("Nullepart", qualifier="France")
    assert state
    assert country
    assert (state.name, state.country, state.confidence) == ("Kansas", "US", 0.5)
    assert (country.name, country.admin1, country.country) == ("France", None, "FR")


def test_a_place_carries_zone_and_coordinates():
    """What SQL asks of a dateline: where on the map, and on which clock."""
    found = resolve("القاهرة")
    assert found
    assert found.timezone == "Africa/Cairo"
    assert (round(found.latitude), round(found.longitude)) == (30, 31)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ala.", Qualifier("US", "AL")), ("N.Y.", Qualifier("US", "NY")), ("W.Va.", Qualifier("US", "WV")), ("CALIF", Qualifier("US", "CA")),
        ("Ont.", Qualifier("CA", "08")), ("Qué.", Qualifier("CA", "10")), ("NSW", Qualifier("AU", "02")), ("France", Qualifier("FR")),
        ("Frankreich", Qualifier("FR")), ("Франция", Qualifier("FR")), ("فرنسا", Qualifier("FR")), ("法国", Qualifier("FR")),
        ("フランス", Qualifier("FR")), ("फ़्रांस", Qualifier("FR")), ("Prancis", Qualifier("FR")), ("Fransa", Qualifier("FR")),
        ("UAE", Qualifier("AE")), ("U.K.", Qualifier("GB")), ("Scotland", Qualifier("GB", "SCT")), ("Graubünden", Qualifier("CH", "GR")),
        ("Bayern", Qualifier("DE", "02")), ("Jalisco", Qualifier("MX", "14")), ("Bahia", Qualifier("BR", "05")), ("Bihar", Qualifier("IN", "34")),
        ("W. Germany", Qualifier("DE")), ("Ivory Coast", Qualifier("CI")), ("EE.UU.", Qualifier("US")), ("Свердловская область", Qualifier("RU", "71")),
        ("southern Lebanon", Qualifier("LB")), ("Eastern Ukraine", Qualifier("UA")), ("Bihar state", Qualifier("IN", "34")), ("湖北省", Qualifier("CN", "12")),
    ],
)  # fmt: skip
def test_qualifiers_of_many_styles_are_known(text, meant):
    """States, provinces, cantons, oblasts and countries in full, abbreviated, and in the languages of the wires."""
    assert qualifier_of(text) == meant


def test_an_ambiguous_qualifier_has_several_readings():
    """Georgia is a state and a country; the town decides."""
    assert {(reading.country, reading.admin1) for reading in qualifiers_of("Georgia")} >= {("GE", None), ("US", "GA")}
    assert qualifier_of("no such region") is None


@pytest.mark.parametrize("name", ["Police", "EXCLUSIVE", "Nosuchplace", ""])
def test_is_place_takes_a_least_size(name):
    """Villages bear the names of common words: callers ask for places of some size."""
    assert not is_place(name, least=50_000)
    assert is_place("berlin", least=1_000_000)


@given(st.text(max_size=40), st.one_of(st.none(), st.text(max_size=12)))
def test_no_text_raises(name, qualifier):
    """Any text may stand in a dateline."""
    resolve(name, qualifier=qualifier, country="US", language="en")
    is_place(name)
    qualifiers_of(name)


@given(st.text(max_size=30))
def test_a_key_is_stable(name):
    """The key of a key is that key, in capitals as well."""
    assert place_key(place_key(name)) == place_key(name)


def test_the_file_opens_at_once_and_is_read_in_place():
    """Opening costs no copy of the data: a fresh process resolves a name within 64 MB."""
    code = (
        "from pathlib import Path; from wirecopy.normalise.places import resolve; resolve('PARIS');"
        "status = dict(line.split(':') for line in Path('/proc/self/status').read_text().splitlines());"
        "print(status['RssAnon'].split()[0])"
    )
    if not Path("/proc/self/status").exists():
        pytest.skip("only Linux tells how much memory is a process's own")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 64 * 1024


def test_a_missing_or_foreign_file_is_named(tmp_path):
    """What cannot be opened says so."""
    with pytest.raises(FileNotFoundError):
        Gazetteer(tmp_path / "places.bin")
    foreign = tmp_path / "other.bin"
    foreign.write_bytes(b"x" * 4096)
    with pytest.raises(ValueError, match="no gazetteer"):
        Gazetteer(foreign)


def test_every_row_is_readable():
    """The largest and the smallest places of the file have names, countries and zones."""
    held = places.gazetteer()
    rows = [held.row(number) for number in (*range(200), *range(len(held) - 200, len(held)))]
    assert len(held) > 200_000
    assert all(held.name(row) and len(row.country) == 2 and "/" in held.zones[row.zone] for row in rows)
