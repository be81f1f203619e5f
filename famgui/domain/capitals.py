"""Amounts in the Chinese capitals of receipts (大写金额): 1409.50 is 壹仟肆佰零玖元伍角."""

from famgui.domain.money import Fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("", "万", "亿")


def capitals(fen: Fen) -> str:
    """An amount in capitals, below a million million yuan: to the yuan it ends with 整, to the jiao or fen it does not;
    zeros in a row are one 零, also between 元 and 角; below zero it begins with 负 (支付结算办法, writing of amounts).

    Raises ValueError for more."""
    yuan, cents = divmod(abs(fen), 100)
    jiao, single = divmod(cents, 10)
    words = _yuan(yuan) + "元" if yuan else ""
    if yuan and cents and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += _DIGITS[jiao] + "角"
    if single:
        words += _DIGITS[single] + "分"
    sign = "负" if fen < 0 else ""
    return sign + (words or "零元") + ("" if cents else "整")


def _yuan(yuan: int) -> str:
    """Whole yuan over 0, four digits at a time: 10001 is 壹万零壹."""
    if yuan >= 10 ** (4 * len(_GROUPS)):
        raise ValueError(yuan)
    words = ""
    for power in reversed(range(len(_GROUPS))):
        group = yuan // 10_000**power % 10_000
        if not group:
            continue
        gap = bool(words) and (group < 1_000 or yuan // 10_000 ** (power + 1) % 10_000 == 0)
        words += ("零" if gap else "") + _four(group) + _GROUPS[power]
    return words


def _four(group: int) -> str:
    """One to four digits: 1004 is 壹仟零肆, 40 is 肆拾."""
    words = ""
    for digit, place in zip(f"{group:04d}", _PLACES, strict=True):
        if digit != "0":
            words += _DIGITS[int(digit)] + place
        elif words and not words.endswith("零"):
            words += "零"
    return words.rstrip("零")
