namespace Navi.LoadTests.Reporting;

/// <summary>What a run left behind.</summary>
/// <param name="Tasks">Tasks that were handed over, those of the warm-up included.</param>
/// <param name="NaviBytes">Growth of the tables of schema <c>navi</c>, indexes included.</param>
/// <param name="DurableBytes">Growth of the tables of schema <c>durable</c>.</param>
/// <param name="WorkspaceBytes">Disk that the workspaces occupy.</param>
internal sealed record GrowthResult(int Tasks, long NaviBytes, long DurableBytes, long WorkspaceBytes);
