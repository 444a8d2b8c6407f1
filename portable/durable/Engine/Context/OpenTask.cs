using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

/// <summary>A step that the orchestrator may be waiting for.</summary>
internal abstract class OpenTask
{
    public abstract void Complete(string? payload);

    public abstract void Fail(Exception exception);

    public abstract void Cancel(CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class OpenTask<T>(DataConverter converter) : OpenTask
{
    // Continuations run at once: asynchronous ones would leave the turn's thread for the thread pool.
    private readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public override void Complete(string? payload)
    {
        T value;
        try
        {
            value = converter.Deserialize<T>(payload)!;
        }
        catch (Exception exception)
        {
            // The orchestrator asked for a type that the payload is not: its own failure, to handle or to die of.
            source.TrySetException(exception);
            return;
        }
        source.TrySetResult(value);
    }

    public override void Fail(Exception exception) => source.TrySetException(exception);

    public override void Cancel(CancellationToken cancellationToken) => source.TrySetCanceled(cancellationToken);
}
