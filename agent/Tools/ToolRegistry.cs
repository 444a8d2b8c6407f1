using System.Text.Json;

namespace Navi.Agent.Tools;

/// <summary>The one list of tools that the model, the API and the policy read.</summary>
internal sealed class ToolRegistry
{
    private readonly Dictionary<string, ITool> byName;

    public ToolRegistry(IEnumerable<ITool> tools)
    {
        All = [.. tools.OrderBy(t => t.Name, StringComparer.Ordinal)];
        byName = [];
        foreach (var tool in All)
            if (!byName.TryAdd(tool.Name, tool))
                throw new InvalidOperationException($"Two tools are named '{tool.Name}'.");
    }

    /// <summary>Every tool, by name.</summary>
    public IReadOnlyList<ITool> All { get; }

    public ITool? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Everything that is wrong with a call; empty when it can be executed. An unknown name is answered with near ones.</summary>
    public IReadOnlyList<ArgumentError> Validate(string name, JsonElement arguments)
    {
        if (Find(name) is { } tool)
            return tool.Validate(arguments);
        var near = All.Select(t => t.Name).Where(n => Near(name, n)).OrderBy(n => Distance(name, n)).ThenBy(n => n, StringComparer.Ordinal).Take(3).ToList();
        var expected = near.Count > 0
            ? "a tool that exists; near names: " + string.Join(", ", near)
            : "one of " + string.Join(", ", All.Select(t => t.Name));
        return [new("tool", BoundedText.Brief($"'{name}'"), expected)];
    }

    private static bool Near(string wanted, string name) =>
        Distance(wanted, name) <= Math.Max(2, name.Length / 3)
        || (wanted.Length >= 4 && (name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || wanted.Contains(name, StringComparison.OrdinalIgnoreCase)));

    // Levenshtein distance; names are short, but a caller may send anything.
    private static int Distance(string a, string b)
    {
        if (a.Length > 100)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
