namespace Navi.Agent.Workspace;

/// <summary>One commit of a log.</summary>
internal sealed record HistoryEntry(string Commit, string Author, DateTimeOffset When, string Subject, IReadOnlyList<string> Parents);
