"""How plausible a text is under an encoding: words of one script, sane capitals, no controls or box drawing."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

# Encodings that wires and their archives still use; asked before statistics are. Multi-byte ones first: they can fail.
_WIDE = ("euc_jp", "cp932", "cp949", "gb18030", "big5hkscs")
_NARROW = (
    "cp1252", "cp1251", "koi8-r", "cp1250", "iso8859-2", "cp1253", "cp1254", "cp1255", "cp1256", "cp874", "cp1257",
    "cp866", "iso8859-5", "mac_cyrillic",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_EVERYDAY = frozenset(
    "\xa0«»„“”‘’‚‹›–—…•·°§©®™€£¥₽½¼¾×±²³¹ªº¿¡´`¸·‰†‡№¨¬¦¶\u3000、。，．・：；？！「」『』（）〔〕【】〈〉《》～ー"
)


def plausibility(data: bytes, encoding: str) -> float:
    """Return from 0 to 1 how well bytes read under an encoding; 0 if they cannot, 1 if all is plain ASCII.

    A last character that was cut off does not count against an encoding of several bytes.
    """
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as err:
        if err.start < len(data) - 4 and not _rare_flaws(data, encoding):
            return 0.0
        text = data.decode(encoding, "ignore")
    except UnicodeError:
        return 0.0
    return _score(text) if encoding not in _WIDE else min(_score(text), _national(text, encoding))


def _national(text: str, encoding: str) -> float:
    """Return what the mix of scripts says: Korean is nearly all Hangul, no Japanese does without kana."""
    hangul = sum("\uac00" <= char <= "\ud7a3" for char in text)
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    wide = max(1, hangul + kana + han)
    if encoding == "cp949":
        return hangul / wide
    return min(1.0, 5 * kana / wide) if encoding in {"euc_jp", "cp932"} else (wide - hangul - kana) / wide


def _rare_flaws(data: bytes, encoding: str) -> bool:
    text = data.decode(encoding, "replace")
    high = sum(byte > 0x7F for byte in data)
    return text.count("\ufffd") * 200 < high


def _score(text: str) -> float:
    telling = [char for char in text if char > "\x7f"]
    if not telling:
        return 1.0
    good = sum(_weight(char) for char in telling)
    odd = sum(_oddities(word) for word in _WORD.findall(text) if not word.isascii())
    return max(0.0, (good - odd) / len(telling))


@lru_cache(maxsize=4096)
def _weight(char: str) -> float:
    """Return 1 for what texts are made of, less for what only wrong readings produce."""
    if char in _EVERYDAY or "\u3040" <= char <= "\u30ff" or "\uac00" <= char <= "\ud7a3":
        return 1.0
    if "\u4e00" <= char <= "\u9fff":
        return 1.0 if _common_ideograph(char) else 0.3
    if char < "\xa0" or "\ue000" <= char <= "\uf8ff" or "\u2500" <= char <= "\u25ff" or "\uff61" <= char <= "\uff9f":
        return -1.0
    return 1.0 if unicodedata.category(char)[0] in "LM" else 0.0


def _common_ideograph(char: str) -> bool:
    """Tell everyday ideographs from rare ones: GB 2312 level 1, JIS X 0208 level 1 and Big5 level 1 hold the common."""
    for encoding, low, high in (("gb2312", 0xB0, 0xD7), ("euc_jp", 0xB0, 0xCF), ("big5", 0xA4, 0xC6)):
        try:
            lead = char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
        if low <= lead <= high:
            return True
    return False


def _oddities(word: str) -> int:
    """Count what no word does: capitals after small letters, two scripts, hardly a plain letter in a Latin word."""
    if len(word) > 3 and _script(word[0]) == "latin" and sum(char > "\x7f" for char in word) > 0.75 * len(word):
        return len(word)
    scripts = {_script(char) for char in word}
    mixed = len(scripts) > 1 and not scripts <= {"han", "kana"}
    swapped = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word))
    return (len(word) if mixed else 0) + (2 * swapped if swapped > 1 or (swapped and len(word) < 5) else 0)


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    if char.isascii() or "\xc0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff" or char in "ªº":
        return "latin"
    name = unicodedata.name(char, "")
    if name.startswith("CJK"):
        return "han"
    return "kana" if name.startswith(("HIRAGANA", "KATAKANA")) else name.partition(" ")[0].lower()


def best_guess(data: bytes) -> str | None:
    """Return the encoding that makes most sense of bytes that declare none, or None where nothing does."""
    wide = {encoding: plausibility(data, encoding) for encoding in _WIDE}
    best = max(wide, key=lambda encoding: wide[encoding])
    if wide[best] > 0.9:
        return best
    narrow = {encoding: plausibility(data, encoding) for encoding in _NARROW}
    top = max(narrow.values())
    rivals = [encoding for encoding, score in narrow.items() if score > max(0.6, top - 0.06)]
    return rivals[0] if len(rivals) == 1 else _statistics(data, rivals) or (rivals[0] if rivals else None)


def _statistics(data: bytes, rivals: list[str]) -> str | None:
    """Choose by the letters that languages use; None if those say nothing."""
    # Imported late: it takes longer than decoding a page, and hardly a page needs it.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data[:16_384], cp_isolation=rivals or None, threshold=0.5).best()
    return best.encoding if best else None
