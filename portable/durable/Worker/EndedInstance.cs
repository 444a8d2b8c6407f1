using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>What a client would read of an instance whose last turn was just written, payloads left out.</summary>
internal static class EndedInstance
{
    /// <param name="result">A turn that ends its instance.</param>
    /// <param name="at">The time of its transaction, UTC.</param>
    public static HeardEnd Describe(TurnResult result, DateTime at) => new(result.Instance.Key, new OrchestrationMetadata(result.Instance.Name, result.Instance.InstanceId)
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)result.Status,
        CreatedAt = new DateTimeOffset(result.Instance.CreatedAt, TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(at, TimeSpan.Zero),
        Tags = QueryStore.Tags(result.Instance.Tags),
        // As it was stored, which not everything of it is.
        FailureDetails = result.Outcome is TurnOutcome.Failed failed ? Failures.Deserialize(Failures.Serialize(failed.Details)) : null,
    });
}
