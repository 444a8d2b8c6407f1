using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Navi.DeploymentChecks.PrometheusRules;

/// <summary>The rules of prometheus/ in the form that Azure Monitor's rule groups take; written to infra-bicep/generated/prometheus-rules.json, which modules/alerts.bicep loads.</summary>
internal static partial class PrometheusRuleFile
{
    /// <summary>The file, relative to the repository.</summary>
    public const string Name = "infra-bicep/generated/prometheus-rules.json";

    // Azure takes at most so many rules in a group.
    private const int MostRules = 20;

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        // PromQL is full of characters that only browsers need escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the file must hold.</summary>
    /// <param name="root">The repository.</param>
    /// <exception cref="FormatException">A rule can't be said in Azure's form; the message names it.</exception>
    public static string Text(string root) => JsonSerializer.Serialize(Groups(root).ToList(), Json) + "\n";

    private static IEnumerable<RuleGroupEntry> Groups(string root) =>
        from folder in new[] { "rules", "alerts" }
        from file in Directory.EnumerateFiles(Path.Combine(root, "prometheus", folder), "*.yaml").Order(StringComparer.Ordinal)
        let source = $"prometheus/{folder}/{Path.GetFileName(file)}"
        from @group in Yaml.Deserialize<RuleSource>(File.ReadAllText(file)).Groups
        from part in @group.Rules.Chunk(MostRules).Index()
        select new RuleGroupEntry(part.Index == 0 ? @group.Name : $"{@group.Name}-{part.Index + 1}", source, Duration(@group.Interval ?? "1m", source), [.. part.Item.Select(r => Entry(r, $"{source}: {r.Alert ?? r.Record}"))]);

    private static RuleEntry Entry(RuleSource.Rule rule, string at) => rule.Record is not null
        ? new RuleEntry(null, rule.Record, Expression(rule), null, null, NullWhenEmpty(rule.Labels), null)
        : new RuleEntry(rule.Alert, null, Expression(rule), Duration(rule.For ?? "0s", at), Severity(rule, at), NullWhenEmpty(rule.Labels), NullWhenEmpty(rule.Annotations));

    private static string Expression(RuleSource.Rule rule) => Spaces().Replace(rule.Expr, " ").Trim();

    // Azure counts from 0, critical, to 4, verbose.
    private static int Severity(RuleSource.Rule rule, string at) => rule.Labels.GetValueOrDefault("severity") switch
    {
        "page" => 1,
        "ticket" => 3,
        var other => throw new FormatException($"{at} has the severity '{other}'; it must be page or ticket."),
    };

    private static string Duration(string text, string at)
    {
        var match = PrometheusDuration().Match(text);
        return match.Success ? $"PT{match.Groups[1].Value}{match.Groups[2].Value.ToUpperInvariant()}" : throw new FormatException($"{at} has the duration '{text}'; it must be a number of s, m or h.");
    }

    private static Dictionary<string, string>? NullWhenEmpty(Dictionary<string, string> map) => map.Count == 0 ? null : map;

    [GeneratedRegex(@"^(\d+)([smh])$")]
    private static partial Regex PrometheusDuration();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
