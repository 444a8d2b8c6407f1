namespace Navi.Functions.Tasks;

/// <summary>Where a forked task began.</summary>
/// <param name="Task">The other task.</param>
/// <param name="CallId">Its last call that the task inherits; null when it inherits the workspace alone.</param>
internal sealed record ForkedFromView(Guid Task, string? CallId);
