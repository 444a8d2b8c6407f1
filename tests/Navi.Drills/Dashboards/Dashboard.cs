using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Testing;

namespace Navi.Drills.Dashboards;

/// <summary>A dashboard as Grafana imports it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Document">Its JSON.</param>
internal sealed partial record Dashboard(string File, JsonElement Document)
{
    /// <summary>Every dashboard of grafana/dashboards.</summary>
    public static IReadOnlyList<Dashboard> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal).Select(f => new Dashboard(f, JsonElement.Parse(System.IO.File.ReadAllText(f))))];

    public string Uid => Document.GetProperty("uid").GetString()!;

    /// <summary>The panels with queries, without the rows that head them.</summary>
    public IReadOnlyList<Panel> Panels => [.. Document.GetProperty("panels").EnumerateArray().Where(p => p.GetProperty("type").GetString() != "row").Select(Read)];

    /// <summary>The variables that a metric's label fills.</summary>
    public IReadOnlyList<Variable> Variables => [.. Document.GetProperty("templating").GetProperty("list").EnumerateArray().Where(v => v.GetProperty("type").GetString() == "query").Select(v =>
    {
        var match = LabelValues().Match(v.GetProperty("query").GetString()!);
        return match.Success
            ? new Variable(Uid, v.GetProperty("name").GetString()!, match.Groups[1].Value, match.Groups[2].Value)
            : throw new InvalidDataException($"{Uid}: the variable '{v.GetProperty("name")}' must ask label_values(METRIC, LABEL).");
    })];

    private Panel Read(JsonElement panel) => new(
        Uid, panel.GetProperty("title").GetString()!, panel.GetProperty("description").GetString()!, panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!,
        [.. panel.GetProperty("links").EnumerateArray().Select(l => l.GetProperty("url").GetString()!)], [.. panel.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("expr").GetString()!)]);

    [GeneratedRegex(@"^label_values\((\w+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
