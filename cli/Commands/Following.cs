using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Live;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary>Follows a task for run, watch, approve and reject, and says how it ended or how to go on.</summary>
internal static class Following
{
    /// <param name="Json">Progress to standard error, the task as JSON to standard output.</param>
    /// <param name="Ask">Put checkpoints to the person.</param>
    /// <param name="PreApproved">The task was approved in advance.</param>
    /// <param name="Show">What to do with each event; null for a line per event.</param>
    public sealed record Options(bool Json, bool Ask, bool PreApproved = false, Action<EventView>? Show = null);

    public static async Task<int> RunAsync(CliContext context, Connection connection, string taskId, Options options, CancellationToken cancellation)
    {
        var screen = options.Json ? context.Error : context.Out;
        using var timeline = new Timeline(screen, TimeProvider.System, ending => connection.Client.GetTaskAsync(taskId, ending));
        var follower = new TaskFollower(
            connection.Client, screen, context.Lines, options.Show ?? timeline.Show, new FollowOptions(options.Ask, options.PreApproved, context.Patience));
        FollowResult result;
        try
        {
            result = await follower.FollowAsync(taskId, cancellation);
            timeline.Dispose();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            context.Error.Line();
            context.Error.Line($"Interrupted. The task stays{(connection.IsInProcess ? " as it is" : " and goes on without you")}. Go on: {Invocation.Name} watch {taskId} · end it: {Invocation.Name} cancel {taskId}", Tone.Warning);
            return ExitCodes.Interrupted;
        }
        catch (UnreachableException e)
        {
            context.Error.Line(e.Message, Tone.Bad);
            context.Error.Line($"NAVI did not come back. Nothing is lost: the task stays as it is. When '{Invocation.Name} doctor' is content, go on: {Invocation.Name} watch {taskId}", Tone.Bad);
            return ExitCodes.Unavailable;
        }
        if (options.Json && options.Show is null)
            CliContext.WriteJson(result.Task.Document);
        if (result.Parked is { } parked)
            SayParked(screen, taskId, parked);
        else if (!options.Json)
            Summary.Show(screen, result.Task);
        return result.ExitCode;
    }

    private static void SayParked(Screen screen, string taskId, CheckpointView parked)
    {
        screen.Line();
        screen.Line($"Task {taskId} is parked: it waits for a decision.", Tone.Warning);
        screen.Line($"  {CheckpointText.Command(parked)}");
        screen.Line($"  {Invocation.Name} reject {parked.Id} \"reason\"");
    }
}
