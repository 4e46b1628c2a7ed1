"""Charges, receipts, handovers, settlements and the ledger of transfers."""
