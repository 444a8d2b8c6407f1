namespace Navi.Functions.Tasks;

/// <summary>Body of POST /v1/tasks.</summary>
/// <param name="Repository">Absolute path (Local environment) or http(s) URL of a git repository.</param>
/// <param name="Task">What to do, in words.</param>
/// <param name="Provider">Model provider; null for the configured one.</param>
/// <param name="PreApprove">The caller approves every gate in advance; Local environment only.</param>
internal sealed record CreateTaskRequest(string? Repository, string? Task, string? Provider = null, bool PreApprove = false);
