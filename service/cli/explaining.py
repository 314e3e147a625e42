"""`frontdoor explain`: why a message alarms, or why not, sentence by sentence."""

import json
from typing import Annotated

import typer

from service.cli import explanation_json, explanation_text
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
from service.pipeline.explain import explain_files
from service.pipeline.scan import ScanRefusal
from service.trained import load_model

_REFUSED = 3

app = typer.Typer()


@app.command("explain")
def explain(
    paths: Paths,
    own_domain: OwnDomains = None,
    policy: PolicyName = "balanced",
    context: ContextFolder = None,
    output: Annotated[OutputFormat, typer.Option("--format", help="How to print.")] = OutputFormat.TEXT,
    only: Annotated[
        str, typer.Option("--id", help="Explain only the message of this id, as `scan` prints it.", show_default=False)
    ] = "",
) -> None:
    """Say why a message alarms or why not: what was left out, passed over or read, and what each sentence showed.

    Takes the files that `scan` takes, and judges them alike. Prints words of the messages on standard output. Refusals
    go to standard error, and make the exit status 3.
    """
    known, chosen = known_context(own_domain, context), chosen_policy(policy)
    speak_unicode(as_json=output is OutputFormat.JSONL)
    load_model()
    refused = 0
    for one in explain_files(paths, known, chosen, only=only, stdin=standard_input(paths)):
        if isinstance(one, ScanRefusal):
            refused += 1
            say(f"refused: {one.where}: {one.why}")
        elif output is OutputFormat.JSONL:
            print(json.dumps(explanation_json.record(one), ensure_ascii=False))  # noqa: T201 - the result
        else:
            print(printable("\n".join(explanation_text.lines(one))), end="\n\n")  # noqa: T201 - the result
    if refused:
        raise typer.Exit(_REFUSED)
