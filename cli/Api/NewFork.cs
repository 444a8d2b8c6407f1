namespace Navi.Cli.Api;

/// <summary>Body of POST /v1/tasks/{id}/fork.</summary>
/// <param name="CallId">The step to start from; null for the last one.</param>
/// <param name="Task">New words; null for the same.</param>
/// <param name="Provider">Another model provider; null for the same.</param>
/// <param name="Mode">Another mode; null for the same.</param>
internal sealed record NewFork(string? CallId, string? Task, string? Provider, string? Mode);
