"""Contact identifiers of a folded text: found, validated, and brought to one form per contact.

``TRIGGERS`` (and ``BESIDE_SERVICE`` where a service is named) ask cheaply whether there is anything, ``find_identifiers``
gives the full answer. Not a judgement of either.
"""

from sekisho.core.detection.identifiers.finder import find_identifiers
from sekisho.core.detection.identifiers.model import Identifier, Kind
from sekisho.core.detection.identifiers.triggers import BESIDE_SERVICE, TRIGGERS

__all__ = ["BESIDE_SERVICE", "TRIGGERS", "Identifier", "Kind", "find_identifiers"]
