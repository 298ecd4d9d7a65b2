"""Documents: readers for text, Markdown, HTML, PDF and DOCX, from files, folders, standard input and addresses."""

from salpi.evidence.documents.read import Given, Raw, read, readable
from salpi.evidence.documents.refused import Limits, Refused
from salpi.evidence.documents.views import View

__all__ = ["Given", "Limits", "Raw", "Refused", "View", "read", "readable"]
