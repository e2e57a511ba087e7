"""Bytes to text: what a wire printed comes out, whatever the bytes claim to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecopy.markup.decode import decode, repair

RUSSIAN = "Премьер-министр сообщил в четверг, что переговоры продолжатся. Москва, 5 мая."
JAPANESE = "東京（共同）―政府は４日、新しい経済対策を閣議決定した。首相は会見で「景気を支える」と述べた。"
KOREAN = "서울 연합뉴스 정부는 4일 새로운 경제 대책을 발표했다고 밝혔다."
CHINESE = "北京4月24日电 会议星期三在北京举行，双方就经济合作交换了意见。"
TAIWANESE = "台北二十四日電，行政院今天通過新的經濟方案，總統府表示支持。"
GREEK = "Η κυβέρνηση ανακοίνωσε την Πέμπτη νέα μέτρα για την οικονομία."
HEBREW = "ראש הממשלה אמר ביום חמישי כי הממשלה תאשר את התקציב החדש"
ARABIC = "قال رئيس الوزراء يوم الخميس إن الحكومة ستوافق على الميزانية الجديدة"
GERMAN = "Die Regierung hält an größeren Änderungen fest und prüft Übergänge."

WIRES = [
    (RUSSIAN, "cp1251", "windows-1251"),
    (RUSSIAN, "koi8-r", "koi8-r"),
    (JAPANESE, "cp932", "shift_jis"),
    (JAPANESE, "euc_jp", "euc-jp"),
    (KOREAN, "cp949", "euc-kr"),
    (CHINESE, "gb18030", "gb18030"),
    (TAIWANESE, "big5", "big5"),
    (GREEK, "cp1253", "windows-1253"),
    (HEBREW, "cp1255", "windows-1255"),
    (ARABIC, "cp1256", "windows-1256"),
    (GERMAN, "cp1252", "windows-1252"),
]


def page(text, encoding):
    return b"<html><head><title>x</title></head><body><p>" + text.encode(encoding) + b"</p></body></html>"


@pytest.mark.parametrize(("text", "codec", "name"), WIRES)
def test_a_declared_encoding_is_read(text, codec, name):
    decoded = decode(page(text, codec), declared=f"text/html; charset={codec}", html=True)
    assert text in decoded.text
    assert decoded.encoding == name
    assert decoded.doubts == ()


@pytest.mark.parametrize(("text", "codec", "name"), WIRES)
def test_a_page_that_claims_utf8_wrongly_is_read_and_doubted(text, codec, name):
    decoded = decode(page(text, codec), declared="text/html; charset=utf-8", html=True)
    assert text in decoded.text
    assert [doubt.code for doubt in decoded.doubts] == ["encoding_declared_wrongly"]


@pytest.mark.parametrize(("text", "codec", "name"), WIRES[:-1])
def test_a_server_default_of_latin_1_does_not_win_over_another_script(text, codec, name):
    assert text in decode(page(text, codec), declared="text/html; charset=ISO-8859-1", html=True).text


def test_meta_decides_where_the_server_is_silent():
    body = b'<meta http-equiv=Content-Type content="text/html; charset=windows-1251">' + RUSSIAN.encode("cp1251")
    assert RUSSIAN in decode(body, html=True).text


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec):
    assert decode(RUSSIAN.encode(codec), declared="text/html; charset=koi8-r").text == RUSSIAN


def test_utf16_without_its_mark_is_seen():
    assert decode("<p>plain words</p>".encode("utf-16-le")).text == "<p>plain words</p>"


def test_the_web_reads_latin_1_as_windows_1252():
    assert decode(b"\x93quoted\x94 \x80 5", declared="iso-8859-1", html=True).text == "“quoted” € 5"


def test_a_cut_off_utf8_text_stays_utf8():
    decoded = decode("vaření, řízení, příští".encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("vaření, řízení, příšt")


def test_a_stray_byte_does_not_spoil_utf8():
    assert decode(b"\xe9 " + RUSSIAN.encode()).text == "é " + RUSSIAN


@pytest.mark.parametrize("text", [GERMAN, "Le président a déclaré « c’est prêt » à l’été."])
def test_utf8_encoded_twice_is_repaired(text):
    twice = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    decoded = decode(twice.encode())
    assert decoded.text == text
    assert [doubt.code for doubt in decoded.doubts] == ["mojibake_repaired"]


@pytest.mark.parametrize("text", ["SÃO PAULO É BELA", "Ã©", "A 5 Â°C e ‘sim’", "CRÉÉ» et «ÉTÉ»", "naïve café", RUSSIAN])
def test_what_may_be_meant_is_not_repaired(text):
    assert repair(text) == text


@given(
    st.binary(max_size=400), st.sampled_from([None, "utf-8", "koi8-r", "x-unknown", "utf-16", "rot13", "\x00", "idna"])
)
def test_no_bytes_raise(data, declared):
    decode(data, declared=declared, html=True)
    decode(b"<meta charset=" + data)
