"""The frame of every page: its head, and what it may load, which is nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources

from lrlint.report.html.tags import Html, tag, void


def document(title: str, main: Html, *, script: bool = False) -> str:
    """A whole page, with its last newline; ``script`` says whether it is one that can be filtered."""
    style = _asset("page.css")
    code = _asset("page.js") if script else None
    head = tag(
        "head",
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_policy(style, code)),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("style", Html(style)),
    )
    body = tag("body", main, tag("script", Html(code)) if code else "")
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _asset(name: str) -> str:
    """A file of this package, which has no ``</`` in it that could end its element."""
    return resources.files("lrlint.report.html").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str | None) -> str:
    """Nothing may be loaded, and nothing run but what stands in the page."""
    scripts = f" script-src {_hash(script)};" if script else ""
    return f"default-src 'none'; style-src {_hash(style)};{scripts} base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
