namespace Navi.Portable.Durable.Worker;

/// <summary>Counts what goes on, and tells when nothing does.</summary>
internal sealed class BusyCount
{
    private readonly Lock gate = new();
    private TaskCompletionSource? none;
    private int count;

    public int Value
    {
        get
        {
            lock (gate) return count;
        }
    }

    public void Enter()
    {
        lock (gate) count++;
    }

    public void Exit()
    {
        TaskCompletionSource? over = null;
        lock (gate)
        {
            if (--count > 0) return;
            (over, none) = (none, null);
        }
        over?.TrySetResult();
    }

    /// <summary>Ends as soon as nothing goes on.</summary>
    public Task WhenNone()
    {
        lock (gate)
        {
            if (count == 0) return Task.CompletedTask;
            none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return none.Task;
        }
    }
}
