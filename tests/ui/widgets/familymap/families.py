"""Households to draw in the tests: all names are invented."""

import random

from famgui.ui.widgets.familymap.figures import EdgeState, MapEdge, MapPerson

Family = tuple[list[MapPerson], list[MapEdge]]
STATES: tuple[EdgeState, ...] = ("in-force", "expiring", "upcoming", "expired", "unbound")
LONG = "阿卜杜勒·买买提·艾合买提江·吐尔逊·阿布都热西提·库尔班"


def four() -> Family:
    """One account, four users, every usual state."""
    persons = [
        MapPerson("li", "李强", "余 4,788.00", "authorizer"),
        MapPerson("wang", "王芳", "至 2025-12-31"),
        MapPerson("zhou", "周秀英", "至 2026-06-30"),
        MapPerson("yu", "李小雨", "12 天后到期", state="expiring"),
        MapPerson("guo", "李建国", "已解除 2025-03-01", state="ended"),
    ]
    edges = [
        MapEdge("li", "wang", "配偶", 612_00, "in-force"),
        MapEdge("li", "zhou", "母亲", 400_00, "in-force"),
        MapEdge("li", "yu", "女儿", 148_50, "expiring"),
        MapEdge("li", "guo", "父亲", 0, "unbound"),
    ]
    return persons, edges


def couple() -> Family:
    """Two who share with one another and with others; one has a long name, one no binding."""
    persons, edges = four()
    persons[1] = MapPerson("wang", "王芳", "余 12,310.55", "authorizer")
    persons += [MapPerson("long", LONG, "至 2026-01-01"), MapPerson("alone", "王小明", "未绑定")]
    edges += [
        MapEdge("wang", "li", "配偶", 12_00, "in-force"),
        MapEdge("wang", "zhou", "婆婆", 1_234_56, "expiring"),
        MapEdge("wang", "yu", "女儿", 48_50, "in-force"),
        MapEdge("wang", "long", "兄弟姐妹", 0, "upcoming"),
    ]
    return persons, edges


def many(people: int = 200, bindings: int = 400, seed: int = 1) -> Family:
    """A household of a size that no household has."""
    chance = random.Random(seed)
    half = people // 2
    persons = [MapPerson(f"p{n}", f"王{n}", "余 1,000.00", "authorizer" if n < half else "user") for n in range(people)]
    pairs: set[tuple[str, str]] = set()
    while len(pairs) < bindings:
        first = chance.randrange(half)
        aside = chance.random() < 0.05
        second = chance.randrange(half) if aside else half + min(half - 1, max(0, first + chance.randrange(-4, 5)))
        if first != second:
            pairs.add((f"p{first}", f"p{second}"))
    edges = [
        MapEdge(authorizer, user, "父亲", chance.randrange(100_000), chance.choice(STATES))
        for authorizer, user in sorted(pairs)
    ]
    chance.shuffle(persons)
    return persons, edges
