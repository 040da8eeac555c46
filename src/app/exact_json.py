"""JSON whose numbers are exact: Decimals are written digit by digit, never as binary floats."""

import json
from decimal import Decimal


def dumps(value: object) -> str:
    """Write a value on one line; texts keep their characters."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dumps(str(k))}: {dumps(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(dumps, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
