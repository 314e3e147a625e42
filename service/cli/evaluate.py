"""`frontdoor evaluate`: how good detection is on labelled messages, and how often it alarms on others."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detectors.context import Context
from detectors.scoring import Policy
from service.cli import evaluation_json, evaluation_text
from service.cli.bar import progress_bar
from service.cli.options import PolicyName, chosen_policy
from service.cli.voice import printable, say, speak_unicode
from service.directory.files import read_directory
from service.pipeline.evaluate import Evaluation, evaluate
from service.pipeline.labelled import Source, survey
from service.trained import load_model

# The company that the labelled messages under detectors/training/corpus were written for.
_OWN_DOMAIN = "ourco.example"
_REFUSED = 3

app = typer.Typer()


class OutputFormat(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


@app.command("evaluate")
def evaluate_files(
    paths: Annotated[
        list[Path], typer.Argument(help="JSON lines: labelled messages, or any without labels.", show_default=False)
    ],
    own_domain: Annotated[
        list[str] | None,
        typer.Option(help=f"A domain of yours, its subdomains included. May be repeated.  [default: {_OWN_DOMAIN}]"),
    ] = None,
    policy: PolicyName = "balanced",
    output: Annotated[OutputFormat, typer.Option("--format", help="How to print.")] = OutputFormat.TEXT,
    errors: Annotated[
        int, typer.Option(min=0, help="Show so many of the worst mistakes of each kind, with their words.")
    ] = 0,
    rules: Annotated[bool, typer.Option("--rules", help="Show how often each rule speaks and is right.")] = False,
    as_outbound: Annotated[
        bool,
        typer.Option("--as-outbound", help="Take chat that has a user and no addresses as ours, to a supplier."),
    ] = False,
) -> None:
    """Measure detection. Files with labels are scored; on those without, alarms are counted.

    A record is that of `scan`, with `labels`, and where they are known `evidence` (label to its words), `optional`
    (labels that count neither way) and `near` (the label that a message without one resembles). Messages that could not
    be judged count as silent, are told on standard error, and make the exit status 3.
    """
    domains = [one for one in own_domain or () if one.strip("@. ")] or [_OWN_DOMAIN]
    context, chosen = Context(directory=read_directory(domains)), chosen_policy(policy)
    speak_unicode(as_json=output is OutputFormat.JSON)
    load_model()
    sources = survey(paths, speaker=f"us@{context.directory.own_domains[0]}" if as_outbound else "")
    result = _evaluated(sources, context, chosen)
    if output is OutputFormat.JSON:
        shown = evaluation_json.record(result, policy=chosen.name, errors=errors, rules=rules)
        print(json.dumps(shown, ensure_ascii=False))  # noqa: T201 - the result
    else:
        lines = evaluation_text.lines(result, policy=chosen.name, errors=errors, rules=rules)
        print(printable("\n".join(lines)))  # noqa: T201 - the result
    for refusal in result.refusals:
        say(f"refused: {refusal.where}: {refusal.why}")
    if result.refusals:
        raise typer.Exit(_REFUSED)


def _evaluated(sources: Sequence[Source], context: Context, policy: Policy) -> Evaluation:
    with progress_bar() as bar:
        tasks = [bar.add_task(source.path.name, total=source.messages) for source in sources]
        # By place, since a file may be given twice.
        task_of = {id(source): task for source, task in zip(sources, tasks, strict=True)}
        return evaluate(sources, context, policy, progress=lambda source: bar.advance(task_of[id(source)]))
