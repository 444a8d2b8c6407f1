namespace Navi.Cli.Api;

/// <summary>A call of a tool that did not end as it has to.</summary>
internal sealed record ToolProblemView(string Tool, string Case, string Said);
