using System.Reflection;
using System.Text.Json;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Cli.GoLive.Release;

/// <summary>What this release watches itself with: its rules and dashboards, as the source tree has them.</summary>
internal static class ReleaseFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    /// <summary>Every alert and recording; several may have one name, for different windows.</summary>
    public static IReadOnlyList<ReleaseRule> Rules { get; } = [.. Texts("rules").SelectMany(t => Yaml.Deserialize<RuleFile>(t).Groups).SelectMany(g => g.Rules).Select(r => r.Read())];

    /// <summary>Names of the alerts of a severity, page or ticket; an alert may have both, for different windows.</summary>
    public static IEnumerable<string> AlertsOf(string severity) => Rules.Where(r => r.Severity == severity).Select(r => r.Name).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Every dashboard.</summary>
    public static IReadOnlyList<ReleaseDashboard> Dashboards { get; } = [.. Texts("dashboards").Select(t => new ReleaseDashboard(JsonElement.Parse(t)))];

    private static IEnumerable<string> Texts(string kind)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"Navi.Release.{kind}.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<StatedRule> Rules { get; set; } = [];
    }

    private sealed class StatedRule
    {
        public string? Alert { get; set; }

        public string? Record { get; set; }

        public string Expr { get; set; } = "";

        public string? For { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];

        public ReleaseRule Read() => new(Alert ?? Record!, Alert is not null, Expr, For is null ? TimeSpan.Zero : PromText.Duration(For), Labels);
    }
}
