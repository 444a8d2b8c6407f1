namespace Navi.Agent.Tools;

/// <summary>For tools that take none.</summary>
internal sealed record NoArguments;
