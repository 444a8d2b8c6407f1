using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>The views that a scaler's role may read, by the SQL that makes them.</summary>
internal static partial class ScalingViews
{
    private static readonly string[] Folders = ["platform/Data/Migrations", "portable/durable/Schema"];

    /// <summary>Names with their schemas.</summary>
    public static IReadOnlySet<string> In(string root)
    {
        var sql = string.Join('\n', Folders.Select(f => Path.Combine(root, f)).Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.sql")).Order(StringComparer.Ordinal).Select(File.ReadAllText));
        var views = Made().Matches(sql).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        views.IntersectWith(Granted().Matches(sql).Select(m => m.Groups[1].Value));
        return views;
    }

    /// <summary>What a query reads from.</summary>
    public static IEnumerable<string> ReadBy(string query) => Read().Matches(query).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"CREATE VIEW ([a-z_.]+) AS")]
    private static partial Regex Made();

    [GeneratedRegex(@"GRANT SELECT ON ([a-z_.]+) TO navi_scaler")]
    private static partial Regex Granted();

    [GeneratedRegex(@"\b(?:FROM|JOIN)\s+([a-z_.]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Read();
}
