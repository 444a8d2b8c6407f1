namespace Microsoft.DurableTask.Client;

public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long a purge may take before it answers with what it has done so far.</summary>
    public TimeSpan? Timeout { get; init; }
}
