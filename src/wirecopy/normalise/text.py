"""What a text is apart from how it is set: its hash, and the language it is written in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

TEXT_VERSION: Final = "1"
"""First character of every text hash: raised when the normal form changes."""

_SAME = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′`´ʹ＇", "'")
    | dict.fromkeys("“”„‟″«»＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | {"…": "...", "\u00ad": None}
)
_UNSEEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb]+"
)


def text_hash(body: str) -> str:
    """Return a hash that is equal for texts that readers cannot tell apart: version, then 32 hex digits.

    White space, invisible characters, Unicode composition and width, and the shape of quotes and dashes do not count;
    letters, digits, case and punctuation do.
    """
    return TEXT_VERSION + blake2b(_normal(body).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _normal(body: str) -> str:
    text = body
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_SAME))
    text = " ".join(text.split())
    if not (text.isascii() and text.isprintable()):
        text = " ".join(_UNSEEN.sub("", text).split())
    return text.replace("`", "'").replace("''", '"').replace("--", "-")


_LETTERS: Final = 300
"""Letters by which a script is told."""
_LEAST_LETTERS: Final = 24
_LEAST_PROBABILITY: Final = 0.7
_SAMPLES: Final = (400, 1_200)
"""Characters looked at: more only where the first do not settle it; beyond the last no answer changes."""
_SETTLED: Final = 0.999

_SCRIPTS: Final = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "GREEK": "el", "HEBREW": "he", "THAI": "th", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu",
    "GURMUKHI": "pa", "SINHALA": "si", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "TIBETAN": "bo",
}  # fmt: skip
_HAN: Final = "CJK"


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text, or None where it is too short or nobody could be sure.

    A script that one language uses decides alone; else py3langid is asked, and below 0.7 it is not believed.
    """
    sample = _words_of(text[: _SAMPLES[-1]])
    letters = list(islice(filter(str.isalpha, sample), _LETTERS))
    if not letters:
        return None
    script, share = _script(letters)
    if share >= 0.5 and script in _SCRIPTS and len(letters) >= 6:
        return _SCRIPTS[script]
    if script == _HAN:
        return _of_han(letters)
    if len(letters) < _LEAST_LETTERS:
        return None
    return _by_model(sample)


_NO_WORDS: Final = dict.fromkeys(code for code in range(128) if not (chr(code).isalpha() or chr(code).isspace()))


def _words_of(text: str) -> str:
    """Return a text without figures and punctuation."""
    if text.isascii():
        return text.translate(_NO_WORDS)
    held = (char for char in set(text) if not (char.isalpha() or char.isspace()))
    return text.translate(dict.fromkeys(ord(char) for char in held if unicodedata.category(char)[0] != "M"))


def _by_model(sample: str) -> str | None:
    for size in _SAMPLES:
        language, probability = _identifier().classify(sample[:size])
        if probability >= _SETTLED or size >= len(sample):
            break
    return str(language) if probability >= _LEAST_PROBABILITY else None


_ALIKE: Final = (
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"hr", "sr", "bs", "sl", "mk"}),
    frozenset({"cs", "sk"}),
    frozenset({"pt", "gl", "es", "ca", "oc", "an"}),
    frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"ar", "fa", "ur", "ps", "ku", "ug"}),
    frozenset({"tr", "az"}),
    frozenset({"nl", "af", "lb", "de"}),
    frozenset({"zu", "xh", "st", "tn", "sw", "rw"}),
)
"""Languages that are taken for one another: between them the sender's word counts."""
_TAG = re.compile(r"[A-Za-z]{2,3}(?=$|[-_])")


def choose_language(body: str, declared: str | None, kind: str = "page") -> str | None:
    """Return the language of a text (ISO 639-1): as its wire file declares it, for pages and feeds as the text shows it.

    Sites declare the language of their menu; their word counts where the text is too short, or between languages that
    are alike.
    """
    match = _TAG.match((declared or "").strip())
    stated = match[0].lower() if match else None
    if stated and kind not in {"page", "feed"}:
        return stated
    found = detect_language(body)
    if stated is None or found is None or found == stated:
        return found or stated
    return stated if any(found in group and stated in group for group in _ALIKE) else found


def _script(letters: list[str]) -> tuple[str, float]:
    """Return the script of most letters and its share; any kana makes a text Japanese."""
    if all(ord(char) < 0x250 for char in letters[:80]):
        return "LATIN", 1.0
    counts = Counter(unicodedata.name(char, "?").split(" ", 1)[0] for char in letters)
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana * 12 >= sum(counts.values()):
        return "HIRAGANA", 1.0
    script, count = counts.most_common(1)[0]
    return script, count / sum(counts.values())


def _of_han(letters: list[str]) -> str | None:
    return "zh" if len(letters) >= 8 else None


@cache
def _identifier() -> Any:
    """Return py3langid's model, loaded at the first text that needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  # a fifth of a second, for nothing elsewhere

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
