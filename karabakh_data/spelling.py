"""Names as they are compared: without case, accents and script."""

# ruff: noqa: RUF001, SIM905

from __future__ import annotations

import re
import unicodedata
from functools import cache

_LETTERS = """
    а a  б b  в v  г g  д d  е e  ё e  ж zh  з z  и i  й y  к k  л l  м m  н n  о o  п p  р r
    с s  т t  у u  ф f  х kh  ц ts  ч ch  ш sh  щ shch  ы y  э e  ю yu  я ya
    і i  ї yi  є ye  ә e  ғ gh  қ q  ң ng  ө o  ұ u  ү u  һ h  ҹ j  ҝ g
    ա a  բ b  գ g  դ d  ե e  զ z  է e  ը e  թ t  ժ zh  ի i  լ l  խ kh  ծ ts  կ k  հ h  ձ dz
    ղ gh  ճ ch  մ m  յ y  ն n  շ sh  ո o  չ ch  պ p  ջ j  ռ r  ս s  վ v  տ t  ր r  ց ts  ւ v
    փ p  ք k  և ev  օ o  ֆ f
    ə e  ı i  ł l  ø o  đ d  ð d  þ th  æ ae  œ oe
""".split()  # Cyrillic and Armenian as English has them; Latin letters that are no accented one
_LATIN = str.maketrans(dict(zip(_LETTERS[::2], _LETTERS[1::2], strict=True)) | {"ъ": "", "ь": ""})
_WORD = re.compile(r"\w+")


@cache
def fold(text: str) -> str:
    """The text as names are compared: small Latin letters, digits and single spaces.

    >>> from karabakh_data.spelling import fold
    >>> fold("Ханкенди"), fold("Ստեփանակերտ"), fold("Türkiyə")
    ('xankendi', 'stepanakert', 'turkiye')
    """
    small = unicodedata.normalize("NFKC", text).casefold()
    plain = unicodedata.normalize("NFKD", small.replace("ու", "u").translate(_LATIN))
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(_WORD.findall(kept)).replace("kh", "x")


@cache
def forms(text: str) -> tuple[str, ...]:
    """The text folded: also with a for ə, as English spells Əliyev."""
    spelled = text.replace("ə", "a").replace("Ə", "A")
    return (fold(text),) if spelled == text else (fold(text), fold(spelled))
