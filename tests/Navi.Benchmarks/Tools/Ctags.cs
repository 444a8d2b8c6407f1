using System.Text.Json;

namespace Navi.Benchmarks.Tools;

/// <summary>Definitions as universal-ctags sees them (ctags(1), output format json), without the names that it makes up for functions that have none.</summary>
internal static class Ctags
{
    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["class"] = Definition.Code, ["struct"] = Definition.Code, ["interface"] = Definition.Code, ["enum"] = Definition.Code, ["typedef"] = Definition.Code, ["alias"] = Definition.Code,
        ["function"] = Definition.Code, ["method"] = Definition.Code, ["member"] = Definition.Code, ["generator"] = Definition.Code, ["getter"] = Definition.Code, ["setter"] = Definition.Code,
        ["field"] = Definition.Values, ["property"] = Definition.Values, ["constant"] = Definition.Values, ["variable"] = Definition.Values, ["enumerator"] = Definition.Values, ["event"] = Definition.Values,
    };

    /// <summary>The first line of what it says of itself.</summary>
    public static async Task<string> VersionAsync(CancellationToken cancellation) => (await Programs.SayAsync("ctags", ["--version"], cancellation)).Split('\n')[0].Split(',')[0];

    /// <summary>Definitions of these files, their paths relative to the directory.</summary>
    /// <param name="code">Where.</param>
    /// <param name="files">Paths relative to it.</param>
    /// <param name="list">A file to write their names to.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<HashSet<Definition>> ReadAsync(CodeBase code, IReadOnlyList<string> files, string list, CancellationToken cancellation)
    {
        await File.WriteAllLinesAsync(list, files.Select(f => Path.Combine(code.Directory, f)), cancellation);
        var output = await Programs.SayAsync("ctags", ["--options=NONE", "--output-format=json", "--fields=+n", $"--language-force={code.Language}", "-L", list, "-f", "-"], cancellation);
        var found = new HashSet<Definition>();
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            var tag = json.RootElement;
            if (tag.TryGetProperty("kind", out var kind) && Groups.TryGetValue(kind.GetString()!, out var group) && tag.TryGetProperty("line", out var at)
                && tag.GetProperty("name").GetString() is { } name && !name.StartsWith("AnonymousFunction", StringComparison.Ordinal))
                found.Add(new(Path.GetRelativePath(code.Directory, tag.GetProperty("path").GetString()!), at.GetInt32(), name, group));
        }

        return found;
    }
}
