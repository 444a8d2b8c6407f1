namespace Microsoft.DurableTask;

public record SubOrchestrationOptions : TaskOptions
{
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry)
    {
        InstanceId = instanceId;
    }

    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options)
    {
        InstanceId = instanceId;
        if (options is SubOrchestrationOptions derived)
        {
            InstanceId ??= derived.InstanceId;
            Version = derived.Version;
        }
        else
        {
            Version = options.Version;
        }
    }

    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options)
    {
        InstanceId = options.InstanceId;
        Version = options.Version;
    }

    public string? InstanceId { get; init; }

    /// <summary>Hides the base's version, as the model does: a sub-orchestration's version is this one.</summary>
    public new TaskVersion? Version { get; init; }
}
