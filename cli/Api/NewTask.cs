namespace Navi.Cli.Api;

/// <summary>Body of POST /v1/tasks.</summary>
internal sealed record NewTask(string Repository, string Task, string? Mode, bool? PreApprove, string? Provider);
