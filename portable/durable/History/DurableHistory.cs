using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable;

/// <summary>Reads what happened in an orchestration.</summary>
public sealed class DurableHistory
{
    private readonly DurableRuntime runtime;

    internal DurableHistory(DurableRuntime runtime) => this.runtime = runtime;

    /// <summary>
    /// The history of the instance's current execution, in order; an execution that continued as new takes its history with it. Empty for
    /// an instance that has not begun.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<IReadOnlyList<DurableHistoryEntry>> ReadAsync(string instanceId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var events = await new HistoryStore(runtime.DataSource).ReadAsync(instanceId, cancellationToken)
            ?? throw new ArgumentException($"There is no orchestration with the instance id '{instanceId}'.", nameof(instanceId));
        var takenBack = RewoundSteps.Ignored(events);
        return [.. events.Select((happened, index) => Entry(happened, index + 1, takenBack.Contains(index + 1)))];
    }

    private static DurableHistoryEntry Entry(HistoryEvent happened, int position, bool takenBack) => new(
        position,
        new DateTimeOffset(happened.At, TimeSpan.Zero),
        happened.Kind.ToString(),
        happened.TaskId,
        happened.Name,
        happened.Kind == EventKind.Rewound ? RewoundSteps.Reason(happened.Payload!) : happened.Payload,
        happened.Failure is { } failure ? Failures.Deserialize(failure) : null,
        takenBack);
}
