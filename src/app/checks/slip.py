"""What people do wrong when they type or copy a figure: how alike two figures are to a slip."""


def slip(now: int, should: int) -> tuple[int, str]:
    """Say how much `now` looks like a slip for `should` (0–6) and in words which one, or "".

    Source: the diagnosis of T3.DIAG in the domain notes; a difference that nine divides is the
    mark of swapped digits, the factor ten that of a zero too many (of one digit less surely so).
    """
    if now < 0 or should < 0:
        return (5, "正负号写反") if now == -should else (0, "")
    a, b = str(now), str(should)
    if a == b:
        return 0, ""
    if _swapped(a, b):
        return 6, f"相邻两位数字颠倒（{should}写成{now}）"
    if should and now == should * 10:
        return min(4 + len(b), 6), "末尾多写了一个0"
    if now and should == now * 10:
        return min(4 + len(a), 6), "末尾少写了一个0"
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1 and len(a) > 1:
        return 4, f"有一位数字不同（{should}写成{now}）"
    if _dropped(b, a):
        return 4, "漏写了一位数字"
    if _dropped(a, b):
        return 4, "多写了一位数字"
    if now == 0:
        return 3, "可能漏填，填成了0"
    if now == 2 * should:
        return 2, "可能重复计算了一次"
    if should == 0:
        return 2, "可能不应有数"
    return (1, "") if abs(now - should) == 1 else (0, "")


def _swapped(a: str, b: str) -> bool:
    """Say whether two neighbouring digits changed places."""
    if len(a) != len(b):
        return False
    differ = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    i, j = differ
    return a[i] == b[j] and a[j] == b[i]


def _dropped(longer: str, shorter: str) -> bool:
    """Say whether the shorter text is the longer one without one character."""
    if len(longer) != len(shorter) + 1 or len(shorter) < 2:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
