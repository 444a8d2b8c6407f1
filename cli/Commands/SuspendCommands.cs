using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;

namespace Navi.Cli.Commands;

/// <summary><c>navi suspend</c> and <c>navi resume</c>.</summary>
internal static class SuspendCommands
{
    public static Command MakeSuspend(CliContext context) => Make(
        context, "suspend", "Hold a task, or all that a person has open: no new step begins until it is resumed. What runs now may end.",
        (client, id, cancellation) => client.SuspendAsync(id, cancellation), "is suspended", _ => true);

    public static Command MakeResume(CliContext context) => Make(
        context, "resume", "Let a suspended task go on, or all of a person's.",
        (client, id, cancellation) => client.ResumeAsync(id, cancellation), "goes on", t => t.Suspended == true);

    private static Command Make(
        CliContext context, string name, string what, Func<NaviClient, string, CancellationToken, Task<TaskView>> act, string said, Func<TaskView, bool> concerns)
    {
        var user = OpenTasks.User($"All tasks of this person that {(name == "resume" ? "are suspended" : "have not ended")}.");
        var id = OpenTasks.OrTask(context);
        var json = CommonOptions.Json("Print the task as one JSON document; with --user the ids of the tasks.");
        var command = OpenTasks.Need(new Command(name, what) { id, user, json }, id, user);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var isJson = context.IsJson(parsed, json);
            if (parsed.GetValue(user) is { } person)
                return await AllAsync(context, connection.Client, person, (i, c) => act(connection.Client, i, c), said, concerns, isJson, cancellation);
            var task = await act(connection.Client, await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation), cancellation);
            if (isJson)
                CliContext.WriteJson(task.Document);
            else
                context.Out.Line($"Task {task.Id} {said}.{(connection.IsInProcess && name == "resume" ? $" No NAVI runs here: {Output.Invocation.Name} watch {task.Id}" : "")}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<int> AllAsync(
        CliContext context, NaviClient client, string person, Func<string, CancellationToken, Task> act, string said, Func<TaskView, bool> concerns, bool json, CancellationToken cancellation)
    {
        var tasks = (await OpenTasks.ListAsync(client, person, cancellation)).Where(concerns).ToList();
        var done = await OpenTasks.EachAsync(json ? context.Error : context.Out, tasks, act, said, cancellation);
        if (json)
            CliContext.WriteJson(new { user = person, tasks = done });
        else
            context.Out.Line(tasks.Count == 0 ? $"{person} has no such task." : $"{done.Count} of {tasks.Count} tasks of {person}: done.");
        return ExitCodes.Ok;
    }
}
