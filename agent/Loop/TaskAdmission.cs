using Navi.Agent.Loop.Outcomes;
using Navi.Platform.Tasks;

namespace Navi.Agent.Loop;

/// <summary>First step of a task: its start is acknowledged and its bounds are read.</summary>
public sealed class TaskAdmission(TaskProgress progress)
{
    /// <summary>Marks the task as running.</summary>
    /// <exception cref="InvalidOperationException">There is no such task: the start message was forged or its row is gone.</exception>
    public async Task<Admission> AdmitAsync(Guid task, CancellationToken cancellation)
    {
        var row = await progress.StartAsync(task, cancellation) ?? throw new InvalidOperationException($"There is no task {task}.");
        return new Admission(row.MaxTurns, row.Status == "finished", row.SuspendedAt is not null, row.FirstTurn);
    }
}
