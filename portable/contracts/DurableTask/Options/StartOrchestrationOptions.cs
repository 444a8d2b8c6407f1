using System.Collections.ObjectModel;

namespace Microsoft.DurableTask;

public record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
{
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public TaskVersion? Version { get; init; }

    /// <summary>Names of statuses: an existing instance in one of them is not replaced, the start fails instead.</summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
