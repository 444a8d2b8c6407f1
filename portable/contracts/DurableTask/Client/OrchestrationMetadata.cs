using System.Collections.ObjectModel;
using System.Text;

namespace Microsoft.DurableTask.Client;

/// <summary>A snapshot of an instance. Payloads are there only when they were asked for.</summary>
public sealed class OrchestrationMetadata
{
    public OrchestrationMetadata(string name, string instanceId)
    {
        Name = name;
        InstanceId = instanceId;
    }

    public string Name { get; }

    public string InstanceId { get; }

    /// <summary>Absent when payloads were not asked for; then they can't be read.</summary>
    public DataConverter? DataConverter { get; init; }

    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUpdatedAt { get; init; }

    public string? SerializedInput { get; init; }

    public string? SerializedOutput { get; init; }

    public string? SerializedCustomStatus { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public TaskFailureDetails? FailureDetails { get; init; }

    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    public bool IsCompleted => RuntimeStatus
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public T? ReadInputAs<T>() => Converter.Deserialize<T>(SerializedInput);

    public T? ReadOutputAs<T>() => Converter.Deserialize<T>(SerializedOutput);

    public T? ReadCustomStatusAs<T>() => Converter.Deserialize<T>(SerializedCustomStatus);

    private DataConverter Converter => DataConverter
        ?? throw new InvalidOperationException($"The payloads of instance '{InstanceId}' were not fetched: ask with getInputsAndOutputs or FetchInputsAndOutputs.");

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append($"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}");
        if (FailureDetails is not null) text.Append($", FailureDetails: {FailureDetails.ErrorType} - {FailureDetails.ErrorMessage}");
        return text.Append(']').ToString();
    }
}
