namespace Navi.Drills.Kills.Working;

/// <summary>One step.</summary>
/// <param name="Key">Instance and step.</param>
/// <param name="Value">What it begins with.</param>
internal sealed record StepInput(string Key, long Value);
