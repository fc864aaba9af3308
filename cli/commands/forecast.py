"""`forecast`: how long the night takes, and until when one can turn back."""

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import opened

MUCH_LARGER = 30
"""From this many times the largest measured size on a forecast is a guess."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(forecast))


def forecast(options: Options) -> None:
    """Says how long a whole run of the cycle takes, from measured runs.

    Per company and stage, and along the road that nothing shortens: with --jobs companies go side by side up
    to the plan, everything else waits for what is before it. With [night] in day1.toml: when it would be
    ready, the last moment to begin and the last moment to turn back. To turn back is reckoned by the undos
    that were measured, without any by the loads. Says how far the last forecast was from what the run then
    took.
    """
    from dataclasses import asdict

    from cli.output import print_json, say, show
    from pipeline.forecast import forecast as predicted
    from pipeline.forecast import keep_forecast, last_prediction, moments
    from reports.forecast import company_table, spoken, stage_table

    workspace = opened(options)
    workspace.require_there()
    made = predicted(workspace, options.jobs)
    last = last_prediction(workspace)
    keep_forecast(workspace, made)
    night = moments(made, workspace.settings.night)
    told = {name: at.isoformat(timespec="minutes") for name, at in night.items()}
    if options.format is Format.JSON:
        print_json({**asdict(made), "moments": told})
        return
    show(options, [stage_table(made.steps), company_table(made.steps)])
    who = f"{made.cycle}, {len(made.companies)} companies, {made.jobs} at a time"
    say(options, f"{who}: {spoken(made.seconds)}.")
    for name, at in told.items():
        say(options, f"{name.capitalize()}: {at}.")
    if max(step.beyond for step in made.steps) > MUCH_LARGER:
        say(options, "Nothing so large was measured here: a larger rehearsal makes this surer.")
    if last is not None:
        say(
            options,
            f"The forecast of {last.at} said {spoken(last.predicted)}, {last.run} took {spoken(last.took)}: "
            f"{last.error:+.0%}.",
        )
