"""SVG elements as text; numbers with one decimal, texts escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def num(value: float) -> str:
    text = f"{value:.1f}"
    return "0" if text in ("-0.0", "0.0") else text.removesuffix(".0")


def tag(name: str, body: str = "", /, **attributes: str | float) -> str:
    """``klass`` stands for class; numbers are rounded; underscores become hyphens."""
    parts = [name]
    for key, value in attributes.items():
        key = "class" if key == "klass" else key.replace("_", "-")
        parts.append(f'{key}="{num(value) if isinstance(value, int | float) else escape(value)}"')
    inside = " ".join(parts)
    return f"<{inside}>{body}</{name}>" if body else f"<{inside}/>"


def text(x: float, y: float, body: str, klass: str = "") -> str:
    return tag("text", escape(body, quote=False), **({"klass": klass} if klass else {}), x=x, y=y)


def path(points: Iterable[tuple[float, float]], klass: str, close: bool = False) -> str:
    d = "L".join(f"{num(x)},{num(y)}" for x, y in points)
    return tag("path", klass=klass, d=f"M{d}{'Z' if close else ''}")


def root(width: float, height: float, alt: str, body: Sequence[str]) -> str:
    return tag(
        "svg",
        "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {num(width)} {num(height)}",
        width=width,
        height=height,
        role="img",
        aria_label=alt,
    )


def apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Label positions pushed apart by at least ``gap``, kept between ``low`` and ``high``, order unchanged."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = [0.0] * len(wanted)
    last = low - gap
    for i in order:
        placed[i] = last = max(wanted[i], last + gap)
    limit = high
    for i in reversed(order):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - gap
    return placed
