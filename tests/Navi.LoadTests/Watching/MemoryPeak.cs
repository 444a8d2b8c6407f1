namespace Navi.LoadTests.Watching;

/// <summary>The most memory that a process occupies, from the start of the watch until it is asked. It looks often, since what a task needs is gone when the task has ended.</summary>
internal sealed class MemoryPeak : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource ending = new();
    private readonly int process;
    private readonly Task watching;
    private long most;

    /// <param name="process">Whose memory.</param>
    public MemoryPeak(int process)
    {
        this.process = process;
        Look();
        watching = Task.Run(WatchAsync);
    }

    /// <summary>Looks a last time; the most that was seen, in bytes.</summary>
    public async Task<long> EndAsync()
    {
        await StopAsync();
        Look();
        return most;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ending.Dispose();
    }

    private async Task StopAsync()
    {
        await ending.CancelAsync();
        await watching;
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(ending.Token))
                Look();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The end of the watch.
        }
    }

    private void Look() => most = Math.Max(most, ProcessTimes.Memory(process));
}
