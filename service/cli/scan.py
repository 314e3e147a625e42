"""`frontdoor scan`: files in, judgements out."""

import json
from typing import Annotated, Any

import typer

from service.cli.options import (
    ContextFolder,
    OutputFormat,
    OwnDomains,
    Paths,
    PolicyName,
    chosen_policy,
    known_context,
    standard_input,
)
from service.cli.voice import printable, say, speak_unicode
from service.pipeline.scan import ScanRefusal, ScanRow, scan
from service.trained import load_model

_REFUSED = 3

app = typer.Typer()


@app.command("scan")
def scan_files(
    paths: Paths,
    own_domain: OwnDomains = None,
    policy: PolicyName = "balanced",
    context: ContextFolder = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="How to print.")] = OutputFormat.TEXT,
    with_text: Annotated[bool, typer.Option("--with-text", help="Print each message's extracted text too.")] = False,
) -> None:
    """Judge files without a database: one row a message on standard output, in the files' order.

    Refusals go to standard error, and make the exit status 3.
    """
    known, chosen = known_context(own_domain, context), chosen_policy(policy)
    speak_unicode(as_json=output is OutputFormat.JSONL)
    load_model()
    refused = 0
    for row in scan(paths, known, chosen, stdin=standard_input(paths)):
        if isinstance(row, ScanRefusal):
            refused += 1
            say(f"refused: {row.where}: {row.why}")
        elif output is OutputFormat.JSONL:
            print(json.dumps(_record(row, with_text=with_text), ensure_ascii=False))  # noqa: T201 - the result
        else:
            print(_lines(row, with_text=with_text))  # noqa: T201 - the result
    if refused:
        raise typer.Exit(_REFUSED)


def _record(row: ScanRow, *, with_text: bool) -> dict[str, Any]:
    assessment = row.assessment
    record: dict[str, Any] = {
        "id": row.message.id,
        "alert": assessment.alert,
        "direction": row.analysis.direction.value,
        "policy": assessment.policy,
        "risk": round(assessment.risk, 1),
        "severity": assessment.severity.value,
        "findings": [],
    }
    for one in assessment.contributions if assessment.alert else ():
        finding = one.finding
        shown = {
            "label": str(finding.label),
            "start": finding.start,
            "end": finding.end,
            "quote": finding.quote,
            "confidence": round(finding.confidence, 3),
            "points": round(one.points, 1),
            "reason": finding.reason,
            "detector": finding.detector,
        }
        record["findings"].append(shown | ({"part": finding.part} if finding.part else {}))
    if row.message.attachments:
        record["attachments"] = [
            {"name": file.name, "media_type": file.media_type, "size": file.size} for file in row.message.attachments
        ]
    if with_text:
        record |= {"subject": row.message.subject, "text": row.message.text}
    return record


def _lines(row: ScanRow, *, with_text: bool) -> str:
    assessment = row.assessment
    mark = f"{assessment.severity.value} {assessment.risk:.0f}" if assessment.alert else "-"
    lines = [f"{mark:<18} {row.analysis.direction.value:<9} {' '.join(row.message.id.split())}"]
    if assessment.alert:
        for one in assessment.findings:
            words = f"“{' '.join(one.quote.split())}”  " if one.quote else ""
            lines.append(f"    {one.label:<14} {one.confidence:.2f}  {words}{one.reason}")
    if with_text:
        lines += [f"    | {line}" for line in row.message.text.splitlines()]
    return printable("\n".join(lines))
