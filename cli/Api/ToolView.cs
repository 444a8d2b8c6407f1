namespace Navi.Cli.Api;

/// <summary>A tool of the agent.</summary>
internal sealed record ToolView(string Name, string Family, string Description, string Effect, string Risk);
