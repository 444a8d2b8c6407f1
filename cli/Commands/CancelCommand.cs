using System.CommandLine;
using Navi.Cli.Connect;

namespace Navi.Cli.Commands;

/// <summary><c>navi cancel</c>: ends a task.</summary>
internal static class CancelCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var command = new Command("cancel", "End a task. What it runs is stopped; nothing is published.") { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            // Moves work: inside this process the task has to see its cancellation.
            await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
            var task = await connection.Client.GetTaskAsync(await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation), cancellation);
            await connection.Client.CancelAsync(task.Id, cancellation);
            if (connection.IsInProcess)
            {
                await Following.RunAsync(context, connection, task.Id, new Following.Options(Json: false, Ask: false), cancellation);
                return ExitCodes.Ok;
            }
            context.Out.Line($"Task {task.Id} is being cancelled.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
