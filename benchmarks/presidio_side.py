"""Presidio as the other side of a measurement: a process that analyses texts when told to. Runs under its own interpreter.

Imports nothing of this project. Lines of JSON on standard input: a list of texts to keep, or a number: analyse the texts kept, so
many times. Every line is answered with one of JSON: processor seconds, findings, and the versions at the start.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from importlib import metadata
from typing import Any

LANGUAGE = "ja"
REGIONS = ("JP", "US", "GB")
PACKAGES = ("presidio-analyzer", "spacy", "sudachipy", "sudachidict-core", "phonenumbers")


def analyzer() -> Any:
    """Presidio's pattern recognisers for Japanese over a blank model: no named entities, nothing learned."""
    import spacy  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # type: ignore[import-not-found,unused-ignore]
    from presidio_analyzer import predefined_recognizers as known
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # type: ignore[import-not-found,unused-ignore]

    class Blank(SpacyNlpEngine):  # type: ignore[misc,unused-ignore]
        def load(self) -> None:
            self.nlp = {LANGUAGE: spacy.blank(LANGUAGE)}

    engine = Blank(models=[{"lang_code": LANGUAGE, "model_name": LANGUAGE}])
    engine.load()
    registry = RecognizerRegistry(supported_languages=[LANGUAGE])
    for recognizer in (
        known.EmailRecognizer(supported_language=LANGUAGE),
        known.UrlRecognizer(supported_language=LANGUAGE),
        known.PhoneRecognizer(supported_language=LANGUAGE, supported_regions=REGIONS),
        known.IpRecognizer(supported_language=LANGUAGE),
        known.CreditCardRecognizer(supported_language=LANGUAGE),
        known.IbanRecognizer(supported_language=LANGUAGE),
    ):
        registry.add_recognizer(recognizer)
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])


def versions() -> dict[str, str]:
    """Versions of what takes part."""
    found = {}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found


def serve() -> None:
    """Answer until the input ends."""
    analyse = analyzer().analyze
    analyse("準備", language=LANGUAGE)
    texts: list[str] = []
    _say(versions())
    for line in sys.stdin:
        told = json.loads(line)
        if isinstance(told, list):
            texts = told
            _say(len(texts))
            continue
        found = 0
        gc.collect()
        gc.disable()
        before = time.process_time()
        for _ in range(told):
            for text in texts:
                found += len(analyse(text, language=LANGUAGE))
        seconds = time.process_time() - before
        gc.enable()
        _say({"seconds": seconds, "findings": found})


def _say(answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
