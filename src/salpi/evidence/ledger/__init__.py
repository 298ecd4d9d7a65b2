"""The ledger: documents, quantities, claims, decisions, observations and conflicts in SQLite or PostgreSQL, append-only."""

from salpi.evidence.ledger.faults import LedgerFault
from salpi.evidence.ledger.find import Filter
from salpi.evidence.ledger.store import Ledger
from salpi.evidence.ledger.trail import Step, trail

__all__ = ["Filter", "Ledger", "LedgerFault", "Step", "trail"]
