namespace Navi.Agent.Tools.Checking;

/// <summary>A case that did not end as it has to.</summary>
/// <param name="Tool">Name in the registry.</param>
/// <param name="Case">The call's arguments, or what kind of case there is none of.</param>
/// <param name="Said">What it said instead, shortened.</param>
public sealed record ToolProblem(string Tool, string Case, string Said);
