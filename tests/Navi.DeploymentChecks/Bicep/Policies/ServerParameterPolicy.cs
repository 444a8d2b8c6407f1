using System.Text.RegularExpressions;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>What docs/DATABASE.md says of the server's parameters is what the templates set.</summary>
internal static partial class ServerParameterPolicy
{
    private const string Document = "docs/DATABASE.md";
    private const string Title = "\n## Server parameters\n";

    /// <param name="root">The repository, whose document is read.</param>
    /// <param name="tree">The templates.</param>
    public static Check Of(string root, BicepTree tree) => new($"the server parameters are those of {Document}, with their values", [.. Problems(Rows(Path.Combine(root, Document)), tree).Distinct()]);

    private static IEnumerable<string> Problems(Dictionary<string, string> documented, BicepTree tree)
    {
        var set = tree.Plan.Where(r => r.Is(ProductionPolicy.Parameters)).ToList();
        foreach (var parameter in set)
        {
            if (!documented.TryGetValue(parameter.Name, out var said))
                yield return $"{Document}: server parameter {parameter.Name} is not in its table; {tree.Where(ProductionPolicy.Parameters)} sets it to {parameter.Text("properties.value")}.";
            else if (In(said, parameter.Environment) is var value && value != parameter.Text("properties.value"))
                yield return $"{Document}: server parameter {parameter.Name} ({parameter.Environment}) is {value ?? "not named"}; {tree.Where(ProductionPolicy.Parameters)} sets it to {parameter.Text("properties.value")}.";
        }
        foreach (var name in documented.Keys.Where(n => set.All(p => p.Name != n)))
            yield return $"{Document}: server parameter {name} is in its table, and nothing sets it.";
    }

    // A value that differs stands as `20` in staging, `50` in production.
    private static string? In(string said, string environment)
    {
        var differing = Differing().Matches(said);
        return differing.Count == 0 ? said.Trim('`') : differing.FirstOrDefault(d => d.Groups["environment"].Value == environment)?.Groups["value"].Value;
    }

    // Several parameters may share a row; then their values stand in the same order.
    private static Dictionary<string, string> Rows(string file)
    {
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        var begin = text.IndexOf(Title, StringComparison.Ordinal);
        var rows = begin < 0 ? [] : text[(begin + Title.Length)..].Split("\n## ")[0].Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToList();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var names = row[1].Split(", ");
            var values = names.Length == 1 ? [row[2]] : row[2].Split(", ");
            foreach (var (name, value) in names.Zip(values))
                found[name.Trim('`')] = value;
        }
        return found;
    }

    [GeneratedRegex(@"`(?<value>[^`]+)` in (?<environment>[a-z]+)")]
    private static partial Regex Differing();
}
