using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Asks the person at the terminal, or the lines of standard input, for a decision.</summary>
internal sealed class CheckpointPrompt(NaviClient client, Screen screen, LineReader lines)
{
    private static readonly TimeSpan SettledElsewhere = TimeSpan.FromSeconds(2);

    /// <summary>True when the checkpoint is settled, by this person or another; false at the end of the input.</summary>
    public async Task<bool> AskAsync(CheckpointView checkpoint, CancellationToken cancellation)
    {
        while (true)
        {
            screen.Line(Choices(checkpoint), Tone.Strong);
            using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var settled = WaitUntilSettledAsync(checkpoint.Id, asking.Token);
            var line = await lines.ReadAsync(settled);
            if (settled.IsCompleted)
            {
                cancellation.ThrowIfCancellationRequested();
                if (await settled)
                {
                    screen.Line("It was settled elsewhere.", Tone.Faint);
                    return true;
                }
            }
            await asking.CancelAsync();
            if (line is null)
                return false;
            var answer = Answer.Read(line, checkpoint);
            if (answer.WantsDiff)
                DiffView.Show(screen, checkpoint.Diff!);
            else if (answer.Decision is { } decision)
                return await SendAsync(checkpoint, decision, cancellation);
            else if (line.Trim().Length > 0)
                screen.Line($"'{line.Trim()}' is not an answer here.", Tone.Warning);
        }
    }

    private async Task<bool> SendAsync(CheckpointView checkpoint, NewDecision decision, CancellationToken cancellation)
    {
        try
        {
            await client.DecideAsync(checkpoint.Id, decision, cancellation);
        }
        catch (ApiException e) when (e.Status == System.Net.HttpStatusCode.Conflict)
        {
            // Somebody was faster: their decision holds and the events will tell it.
            screen.Line(e.Message, Tone.Warning);
        }
        return true;
    }

    private async Task<bool> WaitUntilSettledAsync(string id, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SettledElsewhere, cancellation);
                try
                {
                    if (!(await client.GetCheckpointAsync(id, cancellation)).IsPending)
                        return true;
                }
                catch (UnreachableException)
                {
                    // The answer, when it is sent, will meet the outage and say so.
                }
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Choices(CheckpointView checkpoint) => checkpoint switch
    {
        { IsQuestion: true } => "Your answer (or: reject REASON):",
        { Diff: not null } => "approve · reject REASON · d for the whole diff:",
        _ => "approve · reject REASON:",
    };
}
