using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;

namespace Navi.Cli.Commands;

/// <summary><c>navi suspend</c> and <c>navi resume</c>.</summary>
internal static class SuspendCommands
{
    public static Command MakeSuspend(CliContext context) => Make(
        context, "suspend", "Hold a task: no new step begins until it is resumed. What runs now may end.", (client, id, cancellation) => client.SuspendAsync(id, cancellation), "is suspended");

    public static Command MakeResume(CliContext context) => Make(
        context, "resume", "Let a suspended task go on.", (client, id, cancellation) => client.ResumeAsync(id, cancellation), "goes on");

    private static Command Make(CliContext context, string name, string what, Func<NaviClient, string, CancellationToken, Task<TaskView>> act, string said)
    {
        var id = CommonOptions.TaskId(context);
        var json = CommonOptions.Json();
        var command = new Command(name, what) { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var task = await act(connection.Client, await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation), cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(task.Document);
            else
                context.Out.Line($"Task {task.Id} {said}.{(connection.IsInProcess && name == "resume" ? $" No NAVI runs here: {Output.Invocation.Name} watch {task.Id}" : "")}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
