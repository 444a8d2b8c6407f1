using System.CommandLine;
using System.Globalization;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi probe</c>: whether the whole way of a task works, now.</summary>
internal static class ProbeCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("probe", "Let NAVI do its synthetic probe, a tiny task, and wait for the end; exit code 1 when it does not succeed.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
            var document = await connection.Client.StartProbeAsync(cancellation);
            var outcome = NaviClient.Read<ProbeView>(document);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(document);
            else
                context.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{outcome.Outcome} after {outcome.Seconds:0.0} s: {outcome.Said}{(outcome.Task is { } task ? $" (task {task})" : "")}"), outcome.Ok ? Tone.Good : Tone.Bad);
            return outcome.Ok ? ExitCodes.Ok : ExitCodes.Ended;
        });
        return command;
    }
}
