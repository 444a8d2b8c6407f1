namespace Navi.Portable.Durable.Engine;

/// <summary>
/// Runs an orchestrator's continuations one after the other on the thread of the current turn. A continuation that arrives from
/// another thread means that the orchestrator awaited something that is not durable; it is dropped and remembered.
/// </summary>
internal sealed class TurnScheduler : SynchronizationContext
{
    public const string IllegalAwait =
        "An invalid asynchronous invocation was detected. An orchestrator may await only tasks of its own context; anything else belongs into an activity.";

    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private volatile int owner;
    private volatile bool illegal;

    public bool SawIllegalAwait => illegal;

    public bool IsTurnThread => owner == Environment.CurrentManagedThreadId;

    public void MarkIllegal() => illegal = true;

    /// <summary>Throws unless called by orchestrator code inside a turn.</summary>
    public void CheckThread()
    {
        if (IsTurnThread) return;
        illegal = true;
        throw new InvalidOperationException(IllegalAwait);
    }

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsTurnThread) queue.Enqueue((d, state));
        else illegal = true;
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        CheckThread();
        d(state);
    }

    /// <summary>Runs the action and then every continuation it has caused.</summary>
    public void Run(Action action)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        owner = Environment.CurrentManagedThreadId;
        try
        {
            action();
            while (queue.TryDequeue(out var next)) next.Callback(next.State);
        }
        finally
        {
            owner = 0;
            SetSynchronizationContext(previous);
        }
    }
}
