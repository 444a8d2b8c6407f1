using Navi.Platform.Outbox;

namespace Navi.Platform.Tasks;

/// <summary>Outcome of creating a task.</summary>
/// <param name="Task">The row; null when the idempotency key was used before with another body.</param>
/// <param name="IsNew">False when the same request had been made before.</param>
/// <param name="Outbox">The message that starts the orchestration; null when not new.</param>
public sealed record Created(TaskRow? Task, bool IsNew, OutboxRow? Outbox);
