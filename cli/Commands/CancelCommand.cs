using System.CommandLine;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi cancel</c>: ends a task, or all that a person has open.</summary>
internal static class CancelCommand
{
    public static Command Make(CliContext context)
    {
        var user = OpenTasks.User("All tasks of this person that have not ended; needs --yes.");
        var id = OpenTasks.OrTask(context);
        var yes = new Option<bool>("--yes") { Description = "With --user: end them. Without it they are only listed." };
        var command = OpenTasks.Need(new Command("cancel", "End a task, or all that a person has open. What they run is stopped; nothing is published.") { id, user, yes }, id, user);
        command.SetAction(async (parsed, cancellation) =>
        {
            // Moves work: inside this process the task has to see its cancellation.
            await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
            return parsed.GetValue(user) is { } person
                ? await CancelAllAsync(context, connection, person, parsed.GetValue(yes), cancellation)
                : await CancelAsync(context, connection, parsed.GetValue(id)!, cancellation);
        });
        return command;
    }

    private static async Task<int> CancelAsync(CliContext context, Connection connection, string id, CancellationToken cancellation)
    {
        var task = await connection.Client.GetTaskAsync(await TaskIds.ResolveAsync(connection.Client, id, cancellation), cancellation);
        await connection.Client.CancelAsync(task.Id, cancellation);
        if (connection.IsInProcess)
            await FollowAsync(context, connection, task.Id, cancellation);
        else
            context.Out.Line($"Task {task.Id} is being cancelled.");
        return ExitCodes.Ok;
    }

    private static async Task<int> CancelAllAsync(CliContext context, Connection connection, string person, bool yes, CancellationToken cancellation)
    {
        var tasks = await OpenTasks.ListAsync(connection.Client, person, cancellation);
        if (tasks.Count == 0)
        {
            context.Out.Line($"{person} has no task that has not ended.");
            return ExitCodes.Ok;
        }
        if (!yes)
        {
            foreach (var task in tasks)
                context.Out.Line(OpenTasks.Line(task));
            context.Error.Line($"Nothing was cancelled. This can't be taken back: to end these {tasks.Count} tasks say {Invocation.Name} cancel --user {person} --yes", Tone.Warning);
            return ExitCodes.Usage;
        }
        var cancelled = await OpenTasks.EachAsync(context.Out, tasks, connection.Client.CancelAsync, "is being cancelled", cancellation);
        if (connection.IsInProcess)
        {
            foreach (var task in cancelled)
                await FollowAsync(context, connection, task, cancellation);
        }
        context.Out.Line($"{cancelled.Count} of {tasks.Count} tasks of {person} are being cancelled.");
        return ExitCodes.Ok;
    }

    private static Task<int> FollowAsync(CliContext context, Connection connection, string task, CancellationToken cancellation) =>
        Following.RunAsync(context, connection, task, new Following.Options(Json: false, Ask: false), cancellation);
}
