using System.Reflection;
using System.Text.Json;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Cli.GoLive.Release;

/// <summary>What this release watches itself with: its alerts and dashboards, as the source tree has them.</summary>
internal static class ReleaseFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    private static readonly IReadOnlyList<NamedRule> Rules = [.. Texts("alerts").SelectMany(t => Yaml.Deserialize<RuleFile>(t).Groups).SelectMany(g => g.Rules).Where(r => r.Alert is not null)];

    /// <summary>Names of all alerts, each once.</summary>
    public static IReadOnlyList<string> Alerts { get; } = [.. Rules.Select(r => r.Alert!).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Names of the alerts of a severity, page or ticket; an alert may have both, for different windows.</summary>
    public static IEnumerable<string> AlertsOf(string severity) => Rules.Where(r => r.Labels.GetValueOrDefault("severity") == severity).Select(r => r.Alert!).Distinct().Order(StringComparer.Ordinal);

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
        public List<NamedRule> Rules { get; set; } = [];
    }

    private sealed class NamedRule
    {
        public string? Alert { get; set; }

        public Dictionary<string, string> Labels { get; set; } = [];
    }
}
