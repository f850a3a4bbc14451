"""Amounts of pay: found for the frames (`find_amounts`), and read in full (`parse_pay`)."""

from __future__ import annotations

from sekisho.core.detection.pay.amounts import HIGH, PAY_TRIGGER, Amount, Height, find_amounts, height_of
from sekisho.core.detection.pay.parsing import UNITS, Pay, parse_pay

__all__ = ["HIGH", "PAY_TRIGGER", "UNITS", "Amount", "Height", "Pay", "find_amounts", "height_of", "parse_pay"]
