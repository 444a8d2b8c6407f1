using System.Text.RegularExpressions;
using Navi.Drills.Rules;
using Navi.Drills.Servers;

namespace Navi.Drills.GoLive;

/// <summary>How a Prometheus differs from the release's.</summary>
internal sealed partial class PrometheusPlan
{
    // As often as it scrapes: an alert that was not evaluated yet fails, and a group's first turn comes anywhere within its interval.
    private readonly Dictionary<string, string> texts = RuleFiles.Names.ToDictionary(n => n, n => GroupInterval().Replace(File.ReadAllText(Path.Combine(RuleFiles.Directory, n)), "${before}1s"));
    private readonly List<Action<Dictionary<object, object>>> changes = [];

    /// <summary>Leaves a file of rules out.</summary>
    public void Remove(string rules) => texts.Remove(rules);

    /// <summary>Adds a file of rules that is not the release's.</summary>
    public void Add(string rules, string text) => texts[rules] = text;

    /// <summary>Changes what a file of rules says.</summary>
    public void Replace(string rules, string before, string after)
    {
        if (!texts[rules].Contains(before, StringComparison.Ordinal))
            throw new ArgumentException($"{rules} has no '{before}'.");
        texts[rules] = texts[rules].Replace(before, after, StringComparison.Ordinal);
    }

    /// <summary>Changes how NAVI is scraped.</summary>
    public void Scrape(Action<Dictionary<object, object>> change) => changes.Add(tree => change((Dictionary<object, object>)tree.Items("scrape_configs").Single()));

    /// <summary>Writes the files of rules; returns their names.</summary>
    public IReadOnlyList<string> Write(string directory)
    {
        var files = texts.Select(t => (File: Path.Combine(directory, t.Key), Text: t.Value)).ToList();
        foreach (var (file, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        return [.. files.Select(f => f.File)];
    }

    /// <summary>Changes the configuration.</summary>
    public void Apply(Dictionary<object, object> tree) => changes.ForEach(c => c(tree));

    [GeneratedRegex("^(?<before> +interval: )[0-9a-z]+$", RegexOptions.Multiline)]
    private static partial Regex GroupInterval();
}
