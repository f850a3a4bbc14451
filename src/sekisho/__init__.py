"""Sekisho (関所): finds off-platform solicitation (外部誘導) in postings and messages, and says why.

    >>> import sekisho
    >>> sekisho.check("詳細はLINEで", kind="message", sender="client", stage="pre_contract").verdict
    <Outcome.VIOLATION: 'violation'>
"""

from sekisho.core.detection import Contact, Finding, UnknownValue, Verdict, check

__version__ = "0.1.0"
__all__ = ["Contact", "Finding", "UnknownValue", "Verdict", "__version__", "check"]
