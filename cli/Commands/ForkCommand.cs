using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi fork</c>: a new task from the state that another had after one of its steps.</summary>
internal static class ForkCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var from = new Option<string?>("--from") { Description = "The tool call after which it begins, as 'navi show --json' names it. Default: the last step.", HelpName = "CALL" };
        var text = new Option<string?>("--task") { Description = "What the new task is to do. Default: the same.", HelpName = "TEXT" };
        var provider = CommonOptions.Provider(context, "The new task's model provider. Default: the same.");
        var mode = CommonOptions.Mode("The new task's mode. Default: the same.");
        var follow = new Option<bool>("--follow") { Description = "Follow the new task to its end. Without a running NAVI that is always so." };
        var json = CommonOptions.Json();
        var command = new Command("fork", "Begin a new task from the state that another one had after one of its steps; the other stays as it is.") { id, from, text, provider, mode, follow, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
            var origin = await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation);
            var fork = new NewFork(parsed.GetValue(from), parsed.GetValue(text), parsed.GetValue(provider), parsed.GetValue(mode));
            var task = await connection.Client.ForkAsync(origin, fork, Guid.NewGuid().ToString(), cancellation);
            var asJson = context.IsJson(parsed, json);
            var follows = parsed.GetValue(follow) || connection.IsInProcess;
            if (!asJson || follows)
                (asJson ? context.Error : context.Out).Line($"Task {task.Id}, forked from {origin}", Tone.Strong);
            if (follows)
                return await Following.RunAsync(context, connection, task.Id, new Following.Options(asJson, Ask: true), cancellation);
            if (asJson)
                CliContext.WriteJson(task.Document);
            else
                context.Out.Line($"Follow it: {Invocation.Name} watch {task.Id}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
