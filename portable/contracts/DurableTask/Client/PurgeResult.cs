namespace Microsoft.DurableTask.Client;

public class PurgeResult
{
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    public int PurgedInstanceCount { get; }

    /// <summary>Whether everything that matched is purged; null when the backend does not say.</summary>
    public bool? IsComplete { get; }
}
