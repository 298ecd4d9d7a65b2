"""From bytes to text: UTF-8, UTF-16, CP949 (EUC-KR) and, for Western text, Windows-1252; never a guess that loses bytes."""

from __future__ import annotations

import codecs
import re

ODD_SHARE = 0.03
"""Of the characters beyond ASCII, so many may be unusual for the encoding; above, the bytes are something else. *Assumption*:
Korean prose read as CP949 has under 1 % of rare syllables and Chinese characters, other bytes read so over 20 %."""

_KOREAN = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_HANJA = re.compile(r"[\u4e00-\u9fff\uf900-\ufaff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_NAMES = {
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ksc5601": "cp949",
    "uhc": "cp949",
    "windows-949": "cp949",
}
_NO_TEXT = frozenset({"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"})
"""Of what Python calls an encoding of text."""
_WESTERN = frozenset("‘’“”–—…•€£¥§©®°±·×÷«»\xa0½¼¾²³µ™šžœŸ")


class EncodingFault(ValueError):
    """Bytes that are no text in any encoding that is read."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Text and the name of its encoding: the byte order mark decides, then UTF-8, then what is declared, then CP949,
    then Windows-1252, each only if all bytes are valid and plausible in it. Raises EncodingFault with the reason.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, codec, name), name
    if b"\0" in data[:4096]:
        wide = _unmarked_wide(data)
        if wide is None:
            raise EncodingFault("is binary, no text: it holds zero bytes")
        return wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        bad = error.start
    name = _NAMES.get((declared or "").strip().lower(), (declared or "").strip().lower())
    if name and name not in ("utf-8", "utf8", "cp949"):
        if not is_text_encoding(name):
            raise EncodingFault(f"says that its encoding is {declared!r}, which is none that is known; give another")
        if name not in ("iso-8859-1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii"):
            return _strict(data, name, name), name
    for codec, plausible in (("cp949", _korean), ("cp1252", _western)):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if plausible(text):
            return text, codec
    raise EncodingFault(
        f"is neither UTF-8 (byte {bad + 1} is not) nor CP949 throughout: wrong or mixed encodings; save it as UTF-8"
    )


def is_text_encoding(name: str) -> bool:
    """Whether a name is that of an encoding of text: no packing (``zlib``), no way to write a program's strings."""
    try:
        found = codecs.lookup(_NAMES.get(name.strip().lower(), name.strip()))
    except (LookupError, ValueError):
        return False
    return found._is_text_encoding and found.name not in _NO_TEXT


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, UnicodeError) as error:
        at = getattr(error, "start", 0) + 1
        raise EncodingFault(f"is not valid {name.upper()} (byte {at}); save it as UTF-8") from None
    if _HALF.search(text):
        raise EncodingFault(f"holds halves of characters, which {name.upper()} does not allow; save it as UTF-8")
    return text


def _unmarked_wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a mark: zero bytes stand on one side of nearly every pair in Latin text."""
    head = data[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) < 0.2 * len(head) / 2 or min(even, odd) > 0.02 * len(head):
        return None
    name = "utf-16-be" if even > odd else "utf-16-le"
    text = _strict(data, name, name)
    return (text, name) if "\0" not in text else None


def _korean(text: str) -> bool:
    """Whether a text read as CP949 is Korean: common syllables, few Chinese characters."""
    beyond = [char for char in text if ord(char) > 127]
    if not beyond:
        return True
    korean = [char for char in beyond if _KOREAN.match(char)]
    rare = sum(1 for char in korean if not _common(char)) + sum(1 for char in beyond if _HANJA.match(char))
    return len(korean) >= 0.5 * len(beyond) and rare <= max(ODD_SHARE * len(beyond), 1)


def _common(char: str) -> bool:
    """Whether a syllable is one of the 2,350 that KS X 1001 holds: what prose is written with."""
    try:
        return len(char.encode("euc_kr")) == 2
    except UnicodeEncodeError:
        return False


def _western(text: str) -> bool:
    """Whether a text read as Windows-1252 is Western prose: a few typographic signs and accented letters."""
    beyond = [char for char in text if ord(char) > 127]
    odd = sum(1 for char in beyond if not (char in _WESTERN or char.isalpha()))
    return len(beyond) <= 0.15 * len(text) + 2 and odd == 0 and not re.search(r"[À-ÿ]{3}", text)
