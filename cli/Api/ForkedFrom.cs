namespace Navi.Cli.Api;

/// <summary>The task and step that a forked task began from.</summary>
internal sealed record ForkedFrom(string Task, string? CallId);
