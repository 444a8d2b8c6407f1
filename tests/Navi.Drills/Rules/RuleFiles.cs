using Navi.Testing;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Drills.Rules;

/// <summary>The files below prometheus/.</summary>
internal static class RuleFiles
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    /// <summary>The directory prometheus/ of the source tree.</summary>
    public static string Directory { get; } = Path.Combine(SourceTree.Root, "prometheus");

    /// <summary>Every file of rules, relative to <see cref="Directory"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Below("rules"), .. Below("alerts")];

    /// <summary>Every rule.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [.. Names.SelectMany(n => Yaml.Deserialize<Content>(File.ReadAllText(Path.Combine(Directory, n))).Groups).SelectMany(g => g.Rules)];

    /// <summary>Every alert.</summary>
    public static IReadOnlyList<Rule> Alerts { get; } = [.. Rules.Where(r => r.Alert is not null)];

    private static List<string> Below(string folder) => [.. System.IO.Directory.EnumerateFiles(Path.Combine(Directory, folder), "*.yaml").Order(StringComparer.Ordinal).Select(f => Path.Combine(folder, Path.GetFileName(f)))];

    private sealed class Content
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }
}
