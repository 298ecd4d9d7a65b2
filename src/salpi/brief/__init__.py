"""The printed brief: one view of plan, run, scorecard, effects and conflicts, as HTML, Markdown or PDF."""

from __future__ import annotations

from salpi.brief.build import build_brief
from salpi.brief.html import to_html
from salpi.brief.markdown import to_markdown
from salpi.brief.pdf import PdfUnavailable, to_pdf
from salpi.brief.view import BriefModel

__all__ = ["BriefModel", "PdfUnavailable", "build_brief", "to_html", "to_markdown", "to_pdf"]
