using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>Body of POST /v1/tasks.</summary>
/// <param name="Repository">Absolute path (Local environment) or http(s) URL of a git repository.</param>
/// <param name="Task">What to do, in words.</param>
/// <param name="Provider">Model provider: auto, the name of a configured model, or rules; null for the configured one.</param>
/// <param name="Mode">auto, fast, deep or private.</param>
/// <param name="PreApprove">The caller approves every gate in advance; Local environment only.</param>
internal sealed record CreateTaskRequest(string? Repository, string? Task, string? Provider = null, string Mode = TaskMode.Auto, bool PreApprove = false);
