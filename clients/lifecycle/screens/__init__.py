"""What the pages of this room show, in words."""

from clients.lifecycle.screens.erasing import ErasePage, erase_page
from clients.lifecycle.screens.exporting import ExportCard, JobCard, earlier_exports, export_card, job_card
from clients.lifecycle.screens.keeping import Disposals, RetentionPage, disposals, retention_page

__all__ = [
    "Disposals",
    "ErasePage",
    "ExportCard",
    "JobCard",
    "RetentionPage",
    "disposals",
    "earlier_exports",
    "erase_page",
    "export_card",
    "job_card",
    "retention_page",
]
