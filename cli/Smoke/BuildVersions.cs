using System.Text.RegularExpressions;

namespace Navi.Cli.Smoke;

/// <summary>The versions that run, as the metrics tell them. Each process has its own; several are there while an upgrade rolls.</summary>
internal static partial class BuildVersions
{
    public static IReadOnlyList<string> Of(string metrics) => [.. BuildInfo().Matches(metrics).Select(m => m.Groups[1].Value).Distinct()];

    [GeneratedRegex("^navi_build_info\\{[^}]*version=\"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex BuildInfo();
}
