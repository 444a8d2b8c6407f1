using Navi.Cli.GoLive.Release;

namespace Navi.Cli.GoLive.Checks;

/// <summary>What Prometheus has loaded, against what this release states: an alert of the same name with another threshold is another alert.</summary>
internal static class RuleComparison
{
    /// <summary>What is wrong, one sentence for each kind of it and for each rule that is another.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<ReleaseRule> stated, IReadOnlyList<LoadedRule> loaded)
    {
        var (missing, unknown, broken, other) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var rule in stated)
        {
            var candidates = loaded.Where(l => l.Rule.Name == rule.Name && l.Rule.IsAlert == rule.IsAlert).ToList();
            // Several rules have one name: the one that was meant is the one that differs least.
            if (candidates.MinBy(c => Between(rule, c.Rule).Count) is not { } closest)
                missing.Add(rule.Name);
            else if (Between(rule, closest.Rule) is { Count: > 0 } differences)
                other.Add($"{rule.Title} is another at Prometheus: {string.Join(", ", differences)}");
            else if (closest.Health == "err")
                broken.Add(rule.Title);
            else if (closest.Health == "unknown")
                unknown.Add(rule.Title);
        }
        return [.. Named("Prometheus does not have", missing, ""), .. other, .. Named("Prometheus can't evaluate", broken, ""), .. Named("Prometheus has not evaluated", unknown, " yet")];
    }

    private static List<string> Between(ReleaseRule stated, ReleaseRule loaded)
    {
        var differences = new List<string>();
        if (PromText.Bare(stated.Expression) != PromText.Bare(loaded.Expression))
            differences.Add($"it asks '{OneLine(loaded.Expression)}' instead of '{OneLine(stated.Expression)}'");
        if (stated.For != loaded.For)
            differences.Add($"it waits {loaded.For.TotalSeconds:0} s instead of {stated.For.TotalSeconds:0} s");
        // Labels that others add, such as a team's name, are theirs.
        differences.AddRange(stated.Labels.Where(l => loaded.Labels.GetValueOrDefault(l.Key) != l.Value).Select(l => $"its {l.Key} is '{loaded.Labels.GetValueOrDefault(l.Key)}' instead of '{l.Value}'"));
        return differences;
    }

    private static IEnumerable<string> Named(string what, List<string> names, string end) => names.Count == 0 ? [] : [$"{what} {string.Join(", ", names.Distinct())}{end}"];

    private static string OneLine(string query) => string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
