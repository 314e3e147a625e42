"""A small corpus of two writers, and what cross-validation said of it, made up for tests."""

import json

from detectors.training.predictions import corpus_hash

BUDGET, ORDINARY = "We have 240k for it.", "The pallets arrived."


def message(name, firm, text=BUDGET, labels=("budget",), **more):
    return {
        "id": name,
        "channel": "email",
        "from": "jo@eu.ourco.example",
        "to": [f"bo@{firm}.example"],
        "cc": ["ann@ourco.example"],
        "subject": "Order",
        "text": text,
        "labels": list(labels),
        "evidence": dict.fromkeys(labels, "240k"),
        "near": None,
    } | more


CORPUS = {
    "ada": [
        message("a1", "norvik"),
        message("a2", "norvik", ORDINARY, (), near="timeline"),
        message("a3", "hauck"),
    ],
    "ben": [
        message("b1", "kvarts"),
        message("b2", "hauck", ORDINARY, ()),
        message("b3", "tavola", ORDINARY, ()),
    ],
    "cleo": [message("c1", "inverlec", ORDINARY, ())],
}


def row(name, writer, fold, *confidences, left_out=False, label="budget", part=""):
    findings = [{"label": label, "start": 8, "end": 12, "confidence": one, "part": part} for one in confidences]
    found = {"id": name, "writer": writer, "fold": fold, "findings": findings}
    return found | ({"left_out": True} if left_out else {})


ROWS = [
    row("a1", "ada", 0, 0.9, 0.1),
    row("a2", "ada", 0, 0.7),
    row("a3", "ada", 0, left_out=True),
    row("b1", "ben", 1, 0.06),
    row("b2", "ben", 1, 0.95, left_out=True),
    row("b3", "ben", 1),
]


def write_lines(path, records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")


def write_validation(folder, *, corpus=None, rows=None, manifest=None):
    """Write a corpus and predictions; returns the folder of each."""
    for name, records in (corpus or CORPUS).items():
        write_lines(folder / "corpus" / f"{name}.jsonl", records)
    write_lines(folder / "predictions.jsonl", ROWS if rows is None else rows)
    found = {"corpus_sha256": corpus_hash(folder / "corpus"), "settings": {"folds": ["ada", "ben"]}} | (manifest or {})
    (folder / "predictions.json").write_text(json.dumps(found), "utf-8")
    return folder, folder / "corpus"
