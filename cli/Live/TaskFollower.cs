using System.Net;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Follows a task's events to its end, shows them, and puts its checkpoints to the person.</summary>
internal sealed class TaskFollower(NaviClient client, Screen screen, LineReader lines, Action<EventView> show, FollowOptions options)
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private readonly CheckpointPrompt prompt = new(client, screen, lines);
    private long last;
    private long shown;
    private TimeSpan pause = UsualPause;

    /// <exception cref="UnreachableException">NAVI did not come back within the patience.</exception>
    /// <exception cref="ApiException">NAVI refuses, or had no room within the patience.</exception>
    public async Task<FollowResult> FollowAsync(string taskId, CancellationToken cancellation)
    {
        var gone = new Outage(screen, options.Patience);
        while (true)
        {
            TimeSpan? wanted = null;
            try
            {
                if (await FollowStreamAsync(taskId, gone, cancellation) is { } result)
                    return result;
            }
            catch (UnreachableException e)
            {
                gone.Note(e);
                wanted = (e.InnerException as ApiException)?.RetryAfter;
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.TooManyRequests)
            {
                gone.Note(e);
                wanted = e.RetryAfter;
            }
            await Task.Delay(Bounded(wanted ?? pause), cancellation);
        }
    }

    private async Task<FollowResult?> FollowStreamAsync(string taskId, Outage gone, CancellationToken cancellation)
    {
        await using var stream = await client.OpenEventsAsync(taskId, last, cancellation);
        gone.Over();
        try
        {
            await foreach (var e in stream.ReadAsync(cancellation))
            {
                if (e.Seq > shown)
                    show(e);
                shown = Math.Max(shown, e.Seq);
                if (e.Type == "checkpoint_opened" && await DecideAsync(e, cancellation) is { } parked)
                    return new FollowResult(await client.GetTaskAsync(taskId, cancellation), parked);
                if (e.Type == "task_finished")
                    return new FollowResult(await client.GetTaskAsync(taskId, cancellation), null);
                // Only now: a decision that could not be sent is asked for again, and so is the end of a task that could not be read.
                last = Math.Max(last, e.Seq);
            }
            return null;
        }
        finally
        {
            pause = stream.Reconnection ?? UsualPause;
        }
    }

    // What the server asks for, as long as it makes sense to a person who waits.
    private TimeSpan Bounded(TimeSpan wanted)
    {
        var longest = options.Patience < LongestPause ? options.Patience : LongestPause;
        return wanted < longest ? wanted : longest;
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
