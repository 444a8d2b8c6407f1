using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Drills.Tools;

namespace Navi.Drills.GoLive;

/// <summary>What <c>navi golive</c> has answered.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Items">Every item.</param>
internal sealed record Looked(int ExitCode, IReadOnlyList<Looked.Item> Items)
{
    private IReadOnlyList<Item> Failed => [.. Items.Where(i => i.State == "failed")];

    /// <summary>Reads the answer of <c>--json</c>.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public static Looked Read(ToolResult ended)
    {
        try
        {
            return new Looked(ended.ExitCode, [.. JsonElement.Parse(ended.Output).GetProperty("items").EnumerateArray().Select(i => new Item(i.GetProperty("item").GetString()!, i.GetProperty("state").GetString()!, i.GetProperty("evidence").GetString()!))]);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"navi golive ended with {ended.ExitCode}: {ended.Output}");
        }
    }

    /// <summary>What differs from a deployment of which a person must look at <paramref name="persons"/> and nothing is wrong; null for nothing.</summary>
    public string? UnlessHealthy(IReadOnlySet<string> persons)
    {
        var wrong = Items.Where(i => i.State != (persons.Contains(i.Name) ? "person" : "passed")).Select(i => i.ToString()).ToList();
        if (ExitCode != 3)
            wrong.Add($"       the exit code is {ExitCode}");
        return Lines(wrong);
    }

    /// <summary>Null when the fault's item failed and said what was planted and nothing else.</summary>
    public string? Unless(PlantedFault fault)
    {
        var item = Items.Single(i => i.Name == fault.Item);
        // The system that was looked at stands at the end.
        return item.State == "failed" && Regex.IsMatch(item.Evidence, $@"\A(?:{fault.Says})(?: \[[^\]]+\])?\z", RegexOptions.CultureInvariant) ? null : item.ToString();
    }

    /// <summary>Null when the faults' items failed, those that follow, and no other.</summary>
    public string? UnlessOnly(IReadOnlyList<PlantedFault> faults)
    {
        var expected = faults.SelectMany(f => f.Follows.Append(f.Item)).ToHashSet();
        List<string> wrong = [.. Failed.Where(f => !expected.Contains(f.Name)).Select(f => f.ToString()), .. expected.Where(e => Failed.All(f => f.Name != e)).Select(e => $"       {e} did not fail")];
        if (ExitCode != 1)
            wrong.Add($"       the exit code is {ExitCode}");
        return Lines(wrong);
    }

    private static string? Lines(List<string> wrong) => wrong.Count == 0 ? null : string.Join('\n', wrong);

    internal sealed record Item(string Name, string State, string Evidence)
    {
        public override string ToString() => $"       {Name} {State}: {Evidence}";
    }
}
