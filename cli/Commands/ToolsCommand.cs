using System.CommandLine;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi tools</c>: what the agent can do, and whether it really can.</summary>
internal static class ToolsCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var check = new Option<bool>("--check") { Description = "Try every tool out and count those that are registered, runnable and tested; exit code 1 when the three are not one number." };
        var command = new Command("tools", "The tools that the agent has.") { check, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            return parsed.GetValue(check)
                ? Show(context, await connection.Client.CheckToolsAsync(cancellation), context.IsJson(parsed, json))
                : List(context, await connection.Client.ListToolsAsync(cancellation), context.IsJson(parsed, json));
        });
        return command;
    }

    private static int List(CliContext context, JsonElement document, bool json)
    {
        if (json)
            CliContext.WriteJson(document);
        else
        {
            var tools = document.GetProperty("items").EnumerateArray().Select(NaviClient.Read<ToolView>).OrderBy(t => t.Family, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal).ToList();
            context.Out.Table(["FAMILY", "NAME", "EFFECT", "RISK", "WHAT IT DOES"], tools.Select(t => (IReadOnlyList<string>)[t.Family, t.Name, t.Effect, t.Risk, t.Description]));
            context.Out.Line($"{tools.Count} tools. Try them out: {Invocation.Name} tools --check", Tone.Faint);
        }

        return ExitCodes.Ok;
    }

    private static int Show(CliContext context, JsonElement document, bool json)
    {
        var report = NaviClient.Read<ToolCheckView>(document);
        if (json)
            CliContext.WriteJson(document);
        else
        {
            context.Out.Line($"registered {report.Registered}");
            context.Out.Line($"runnable   {report.Runnable}");
            context.Out.Line($"tested     {report.Tested}");
            foreach (var problem in report.Problems)
                context.Out.Line($"{problem.Tool} {problem.Case}: {problem.Said}", Tone.Bad);
        }

        return report.Ok ? ExitCodes.Ok : ExitCodes.Ended;
    }
}
