"""The council's accent color, made readable: validated, then darkened or lightened until it passes on every ground.

The conversions are those of Björn Ottosson's OKLab (2020); contrast is the ratio of WCAG 2.2, success criterion 1.4.3.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
WANTED = 5.2
"""A little over the 4.5 of AA, so that hover shades and washes still pass."""

PAPER_LIGHT, PAPER_DARK = "#fcfbf8", "#15171b"
GROUNDS_LIGHT = (PAPER_LIGHT, "#ffffff", "#f4f1ea")
GROUNDS_DARK = (PAPER_DARK, "#1c1f25", "#262b33")

Rgb = tuple[float, float, float]


class AccentError(ValueError):
    """The setting is not a colour that can be used."""


@dataclass(frozen=True)
class Accent:
    """The accent and its wash, for light and for dark."""

    light: str
    dark: str
    light_wash: str
    dark_wash: str


def accent_from(setting: str) -> Accent:
    """The four shades for `#rgb` or `#rrggbb`; raises `AccentError` saying what to write instead."""
    if not isinstance(setting, str) or not HEX.fullmatch(setting.strip()):
        raise AccentError(f"ACCENT_COLOR is a colour such as #1f4e79, not {setting!r}")
    chosen = setting.strip()
    light_wash = tinted(chosen, lightness=0.957, chroma=0.016)
    dark_wash = tinted(chosen, lightness=0.262, chroma=0.03)
    return Accent(
        light=readable(chosen, (*GROUNDS_LIGHT, light_wash), darker=True),
        dark=readable(chosen, (*GROUNDS_DARK, dark_wash), darker=False),
        light_wash=light_wash,
        dark_wash=dark_wash,
    )


@lru_cache(maxsize=16)
def readable(color: str, grounds: tuple[str, ...], *, darker: bool) -> str:
    """The nearest shade of a colour that has the wanted contrast with each ground."""
    lightness, a, b = to_oklab(color)
    hue, chroma = math.atan2(b, a), math.hypot(a, b)
    end = 0.0 if darker else 1.0
    for step in range(101):
        at = lightness + (end - lightness) * step / 100
        kept = chroma if darker else min(chroma, 0.16 * (1.05 - at) / 0.3)
        shade = from_oklab((at, kept * math.cos(hue), kept * math.sin(hue)))
        if all(contrast(shade, ground) >= WANTED for ground in grounds):
            return shade
    return "#000000" if darker else "#ffffff"


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, from 1 to 21."""
    brighter, dimmer = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (dimmer + 0.05)


def luminance(color: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tinted(color: str, *, lightness: float, chroma: float) -> str:
    """A ground with a breath of the colour; a grey gives a grey."""
    _own, a, b = to_oklab(color)
    hue, strength = math.atan2(b, a), min(chroma, math.hypot(a, b))
    return from_oklab((lightness, strength * math.cos(hue), strength * math.sin(hue)))


def to_oklab(color: str) -> Rgb:
    """Lightness (0 to 1) and the two colour axes."""
    red, green, blue = (_linear(channel) for channel in _channels(color))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(lab: Rgb) -> str:
    """The colour as `#rrggbb`, clipped to what a screen can show."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(_encoded(channel) * 255):02x}" for channel in linear)


def _channels(color: str) -> Rgb:
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(channel: float) -> float:
    clipped = min(max(channel, 0.0), 1.0)
    return 12.92 * clipped if clipped <= 0.0031308 else 1.055 * clipped ** (1 / 2.4) - 0.055
