using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Live;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi show</c>: one task with its calls, checkpoints and verification.</summary>
internal static class ShowCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var json = CommonOptions.Json();
        var command = new Command("show", "Show one task: its state, tool calls, checkpoints and verification.") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var task = await connection.Client.GetTaskAsync(await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation), cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(task.Document);
            else
                Show(context.Out, task);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, TaskView task)
    {
        screen.Line($"Task        {task.Id}", Tone.Strong);
        screen.Line($"Status      {task.Status}{(task.StopReason is null ? "" : $" ({task.StopReason})")}");
        screen.Line($"Repository  {task.Repository}");
        screen.Line($"What        {task.Task}");
        if (task.Suspended == true)
            screen.Line($"Suspended   go on with: {Invocation.Name} resume {task.Id}", Tone.Warning);
        if (task.ForkedFrom is { } origin)
            screen.Line($"Forked from {origin.Task}{(origin.CallId is null ? "" : $" after {origin.CallId}")}");
        screen.Line($"Model       {task.Provider}{(task.Mode is null ? "" : $", mode {task.Mode}")}{(task.InputTokens > 0 ? $": {task.InputTokens:N0} tokens in, {task.OutputTokens ?? 0:N0} out, {Money.Say(task.Cost)}" : "")}");
        screen.Line($"Created     {task.CreatedAt?.ToLocalTime():yyyy-MM-dd HH:mm:ss}{(task.FinishedAt - task.StartedAt is { } took ? $", took {Durations.Say(took)}" : "")}");
        if (task.LeftOut is { Count: > 0 } leftOut)
            screen.Line($"Left out    {string.Join(", ", leftOut)} (not committed in the repository)", Tone.Warning);
        if (task.Calls is { Count: > 0 } calls)
        {
            screen.Line();
            screen.Table(["TURN", "TOOL", "STATUS", "ATTEMPT", "ARGUMENTS"], calls.Select(c => (IReadOnlyList<string>)
                [c.Index < 0 ? $"{c.Turn}" : $"{c.Turn}.{c.Index}", c.Tool, Said(c), c.Attempt.ToString(System.Globalization.CultureInfo.InvariantCulture), CheckpointText.Arguments(c.Arguments, 60)]));
        }
        foreach (var checkpoint in task.Checkpoints ?? [])
            screen.Line($"Checkpoint  {checkpoint.Id} {checkpoint.Kind}: {checkpoint.Title} → {checkpoint.Status}{By(checkpoint.Decision)}", checkpoint.IsPending ? Tone.Warning : Tone.Plain);
        if (task.IsFinished)
            Summary.Show(screen, task);
    }

    private static string Said(CallView call) => call.IsError == true ? "error" : call.Status ?? call.Verdict ?? "";

    private static string By(DecisionView? decision) => decision?.DecidedBy is { } by ? $" by {by}{(decision.SelfApproved == true ? " (own request)" : "")}" : "";
}
