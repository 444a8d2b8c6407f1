using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Follows a task's events to its end, shows them, and puts its checkpoints to the person.</summary>
internal sealed class TaskFollower(NaviClient client, Screen screen, LineReader lines, Action<EventView> show, FollowOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly CheckpointPrompt prompt = new(client, screen, lines);
    private long last;

    /// <exception cref="UnreachableException">NAVI did not come back within the patience.</exception>
    public async Task<FollowResult> FollowAsync(string taskId, CancellationToken cancellation)
    {
        var gone = new Outage(screen, options.Patience);
        while (true)
        {
            try
            {
                if (await FollowStreamAsync(taskId, gone, cancellation) is { } result)
                    return result;
            }
            catch (UnreachableException e)
            {
                gone.Note(e);
            }
            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task<FollowResult?> FollowStreamAsync(string taskId, Outage gone, CancellationToken cancellation)
    {
        if (gone.IsOn)
        {
            await client.GetTaskAsync(taskId, cancellation);
            gone.Over();
        }
        await foreach (var e in client.StreamAsync(taskId, last, cancellation))
        {
            if (e.Seq > last)
                show(e);
            if (e.Type == "checkpoint_opened" && await DecideAsync(e, cancellation) is { } parked)
                return new FollowResult(await client.GetTaskAsync(taskId, cancellation), parked);
            // Only now: a decision that could not be sent is asked for again.
            last = Math.Max(last, e.Seq);
            if (e.Type == "task_finished")
                return new FollowResult(await client.GetTaskAsync(taskId, cancellation), null);
        }
        return null;
    }

    /// <summary>The checkpoint when nobody here decides it; null when it is settled.</summary>
    private async Task<CheckpointView?> DecideAsync(EventView e, CancellationToken cancellation)
    {
        if (e.Text("checkpoint_id") is not { } id)
            return null;
        var checkpoint = await client.GetCheckpointAsync(id, cancellation);
        if (!checkpoint.IsPending || (options.PreApproved && !checkpoint.IsQuestion))
            return null;
        CheckpointText.Show(screen, checkpoint);
        return options.Ask && await prompt.AskAsync(checkpoint, cancellation) ? null : checkpoint;
    }
}
