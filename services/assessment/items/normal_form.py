"""The normal form of a typed answer: what must not decide whether it is right is taken out."""

import re
import unicodedata

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_QUOTES = "\"'“”„»«’`"


def normal(text: str) -> str:
    """Without case, spaces, quotation marks around it and a full stop at its end; a decimal comma becomes a point.

    Letters are composed first (NFC), so that an å typed as a and a ring is the same å. Nothing else is forgiven: æ, ø
    and å are letters of their own, and ``1.250`` is not ``1250`` (an item that means both lists both).
    """
    composed = unicodedata.normalize("NFC", text).casefold()
    bare = "".join(composed.split()).strip(_QUOTES).rstrip(".!").strip(_QUOTES)
    return _DECIMAL_COMMA.sub(".", bare)
