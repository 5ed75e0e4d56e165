"""The two palettes as values, and the contrast rule they are held to (no Qt here)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FacetLook:
    """How a facet looks everywhere: `form` is square, round, diamond, triangle, hexagon or bar; `tint` is a
    quiet ground that carries `on_tint`; `strong` marks bars and forms and carries `on_strong`."""

    form: str
    tint: str
    on_tint: str
    strong: str
    on_strong: str


@dataclass(frozen=True)
class Tokens:
    """Colours by meaning. `line` only divides; `edge` outlines controls (3:1); `quiet` is still readable (4.5:1)."""

    ground: str
    surface: str
    raised: str
    text: str
    quiet: str
    disabled: str
    line: str
    edge: str
    accent: str
    accent_tint: str
    on_accent: str
    focus: str
    selection: str
    on_selection: str
    danger: str
    danger_tint: str
    ok: str
    ok_tint: str
    found: str
    on_found: str
    hatch: str
    facets: tuple[FacetLook, ...]
    neutral_facet: FacetLook
    heat: tuple[str, ...]


LIGHT = Tokens(
    ground="#f4f1eb", surface="#fdfcf9", raised="#ffffff", text="#22252b", quiet="#5b6068", disabled="#8f9299",
    line="#dfdad0", edge="#878177", accent="#6d3a7c", accent_tint="#efe4f2", on_accent="#ffffff", focus="#6d3a7c",
    selection="#dcc8e4", on_selection="#22252b", danger="#a8281e", danger_tint="#fae4e0", ok="#1d6b3f",
    ok_tint="#dff0e4", found="#ffe27a", on_found="#22252b", hatch="#b9b3a7",
    facets=(
        FacetLook("square", "#dcebf9", "#0d3a66", "#1b66ad", "#ffffff"),
        FacetLook("round", "#fcebc8", "#5e3a00", "#a55e00", "#ffffff"),
        FacetLook("diamond", "#d5efe4", "#07412f", "#0a7a59", "#ffffff"),
        FacetLook("triangle", "#f8dfe8", "#6a1236", "#b02a60", "#ffffff"),
        FacetLook("hexagon", "#e6e1f7", "#35247a", "#5b45ad", "#ffffff"),
        FacetLook("bar", "#dcedf0", "#0b414b", "#19717f", "#ffffff"),
    ),
    neutral_facet=FacetLook("bar", "#e8e5df", "#33363c", "#5b6068", "#ffffff"),
    heat=("#fdfcf9", "#f3ebf5", "#e6d5ea", "#d5bbdc", "#c09dca", "#a87db5", "#8d5d9d", "#6d3a7c", "#4c2358"),
)

DARK = Tokens(
    ground="#17181c", surface="#1e2025", raised="#282b32", text="#e8e4dc", quiet="#a9acb4", disabled="#6f737c",
    line="#343840", edge="#7a808c", accent="#d3a9e2", accent_tint="#3a2b42", on_accent="#241029", focus="#e2bff0",
    selection="#57406a", on_selection="#f6f2ea", danger="#ff9d91", danger_tint="#46231f", ok="#7fd3a0",
    ok_tint="#1d3a2a", found="#6b5710", on_found="#fff6d8", hatch="#4a4f59",
    facets=(
        FacetLook("square", "#1d3650", "#d6e9fb", "#6db3f2", "#0b1f33"),
        FacetLook("round", "#4a3510", "#fdeac4", "#f0b04a", "#2b1b00"),
        FacetLook("diamond", "#143f32", "#cff3e4", "#4cc79c", "#04241a"),
        FacetLook("triangle", "#4d2136", "#fbdde9", "#f089b3", "#33081d"),
        FacetLook("hexagon", "#332b5c", "#e6e0fb", "#a796f0", "#170d3d"),
        FacetLook("bar", "#173d45", "#d3eef3", "#5cc0d0", "#04242a"),
    ),
    neutral_facet=FacetLook("bar", "#33373f", "#e8e4dc", "#a9acb4", "#17181c"),
    heat=("#1e2025", "#33273c", "#42314e", "#533c62", "#694b7b", "#856199", "#a37fb5", "#c3a1d1", "#e2c9ea"),
)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` between 0 and 1 (WCAG 2.2, relative luminance)."""
    parts = (int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, success criterion 1.4.3: text needs 4.5)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def text_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """Every text on ground that the window uses, by name; each must reach 4.5:1."""
    pairs = {
        f"{ink} on {ground}": (getattr(tokens, ink), getattr(tokens, ground))
        for ink in ("text", "quiet", "accent", "danger", "ok") for ground in ("ground", "surface", "raised")
    }
    pairs |= {
        "text on accent_tint": (tokens.text, tokens.accent_tint),
        "accent on accent_tint": (tokens.accent, tokens.accent_tint),
        "quiet on accent_tint": (tokens.quiet, tokens.accent_tint),
        "on_accent on accent": (tokens.on_accent, tokens.accent),
        "on_selection on selection": (tokens.on_selection, tokens.selection),
        "on_found on found": (tokens.on_found, tokens.found),
        "danger on danger_tint": (tokens.danger, tokens.danger_tint), "ok on ok_tint": (tokens.ok, tokens.ok_tint),
    }
    for look in (*tokens.facets, tokens.neutral_facet):
        pairs[f"{look.form} tint {look.tint}"] = (look.on_tint, look.tint)
        pairs[f"{look.form} strong {look.strong}"] = (look.on_strong, look.strong)
    return pairs


def mark_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    """Marks that carry meaning without being text (focus ring, control edge, facet forms); each must reach 3:1."""
    grounds = {"ground": tokens.ground, "surface": tokens.surface, "raised": tokens.raised}
    marks = {"focus": tokens.focus, "edge": tokens.edge}
    marks |= {look.form: look.strong for look in tokens.facets}
    return {f"{m} on {g}": (marks[m], grounds[g]) for m in marks for g in grounds}
