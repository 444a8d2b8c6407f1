using System.CommandLine;
using Navi.Cli.Connect;

namespace Navi.Cli.Commands;

/// <summary><c>navi watch</c>: follows a task that exists.</summary>
internal static class WatchCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var json = CommonOptions.Json("Print every event as one line of JSON.");
        var quiet = CommonOptions.Ask();
        var command = new Command("watch", "Follow a task from its first event to its end. At a checkpoint it asks for your decision.") { id, json, quiet };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
            var asJson = context.IsJson(parsed, json);
            // An unknown task is said at once instead of being waited for.
            var task = await connection.Client.GetTaskAsync(await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation), cancellation);
            var options = new Following.Options(asJson, !parsed.GetValue(quiet), Show: asJson ? CliContext.WriteJsonLine : null);
            return await Following.RunAsync(context, connection, task.Id, options, cancellation);
        });
        return command;
    }
}
