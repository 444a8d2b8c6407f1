using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.Drills.Rules;

/// <summary>promtool's unit tests below prometheus/tests.</summary>
internal static class RuleTests
{
    /// <summary>The file that shows a NAVI that is well.</summary>
    public const string Healthy = "tests/healthy.yaml";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).IgnoreUnmatchedProperties().Build();

    /// <summary>Every file, relative to prometheus/.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(RuleFiles.Directory, "tests"), "*.yaml").Order(StringComparer.Ordinal).Select(f => Path.Combine("tests", Path.GetFileName(f)))];

    /// <summary>Every expectation about an alert.</summary>
    public static IReadOnlyList<RuleTest> All { get; } = [.. Files.SelectMany(Read)];

    /// <summary>The series that a file's tests work on.</summary>
    public static IReadOnlyList<string> SeriesOf(string file) => [.. Parse(file).Tests.SelectMany(t => t.InputSeries).Select(s => s["series"])];

    private static IEnumerable<RuleTest> Read(string file) =>
        Parse(file).Tests.SelectMany(t => t.AlertRuleTest).Select(t => new RuleTest(file, t.Alertname, [.. t.ExpAlerts.Select(a => IdentityOf(t.Alertname, a.ExpLabels))]));

    private static string IdentityOf(string alert, Dictionary<string, string> labels) => new Rule { Alert = alert, Labels = labels }.Identity;

    private static Content Parse(string file) => Yaml.Deserialize<Content>(File.ReadAllText(Path.Combine(RuleFiles.Directory, file)));

    private sealed class Content
    {
        public List<Case> Tests { get; set; } = [];
    }

    private sealed class Case
    {
        public List<Dictionary<string, string>> InputSeries { get; set; } = [];

        public List<Expectation> AlertRuleTest { get; set; } = [];
    }

    private sealed class Expectation
    {
        public string Alertname { get; set; } = "";

        public List<ExpectedAlert> ExpAlerts { get; set; } = [];
    }

    private sealed class ExpectedAlert
    {
        public Dictionary<string, string> ExpLabels { get; set; } = [];
    }
}
