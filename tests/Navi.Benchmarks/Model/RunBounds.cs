namespace Navi.Benchmarks.Model;

/// <summary>Ends a run when its time or its money is used up, or somebody asks for its end.</summary>
internal sealed class RunBounds : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stopping;
    private readonly CancellationTokenSource done = new();
    private readonly Task watching;
    private volatile string? reached;

    public RunBounds(AttemptRecords records, ModelOptions options, CancellationToken asked)
    {
        stopping = CancellationTokenSource.CreateLinkedTokenSource(asked);
        watching = WatchAsync(records, options, asked);
    }

    /// <summary>Fires at the first bound.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>The bound, in words; null while none was reached.</summary>
    public string? Reached => reached;

    public void Dispose()
    {
        done.Cancel();
        watching.GetAwaiter().GetResult();
        stopping.Dispose();
        done.Dispose();
    }

    private async Task WatchAsync(AttemptRecords records, ModelOptions options, CancellationToken asked)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(asked, done.Token);
        using var limit = new CancellationTokenSource(options.Limit);
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(either.Token))
            {
                reached = limit.IsCancellationRequested ? $"{options.Limit.TotalMinutes:0} minutes are over"
                    : await records.SpentAsync(either.Token) is var spent && spent >= options.MaxUsd ? FormattableString.Invariant($"{spent:0.00} of {options.MaxUsd:0.00} US dollars are spent") : null;
                if (reached is null)
                    continue;
                await stopping.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            reached = asked.IsCancellationRequested ? "interrupted" : null;
        }
    }
}
