namespace Navi.Agent.Context.Arguments;

/// <summary>What became of a text that should be a JSON object.</summary>
/// <param name="Json">Valid JSON of an object; null when there is no single meaning.</param>
/// <param name="Repairs">Names of what was mended, empty for valid JSON.</param>
/// <param name="Cut">The text broke off: what came after it is lost.</param>
/// <param name="Problem">What is wrong; null when <paramref name="Json"/> is there.</param>
internal sealed record RepairedJson(string? Json, IReadOnlyList<string> Repairs, bool Cut, string? Problem);
