namespace Navi.Drills.Rules;

/// <summary>What promtool is told to find of one alert at one time.</summary>
/// <param name="File">The file, relative to prometheus/.</param>
/// <param name="Alert">Name of the alert.</param>
/// <param name="Firing">What must fire then: severity and window of each; empty when all must be quiet.</param>
internal sealed record RuleTest(string File, string Alert, IReadOnlyList<string> Firing);
