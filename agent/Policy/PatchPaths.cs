namespace Navi.Agent.Policy;

/// <summary>The files that a unified diff names in its headers. A line of content that looks like a header only adds a path.</summary>
internal static class PatchPaths
{
    private static readonly string[] Headers = ["--- ", "+++ ", "rename from ", "rename to ", "copy from ", "copy to "];

    public static IEnumerable<string> Of(string patch)
    {
        foreach (var line in patch.Split('\n'))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                foreach (var name in line["diff --git ".Length..].Split(' '))
                    yield return Clean(name);
            }
            var header = Array.Find(Headers, h => line.StartsWith(h, StringComparison.Ordinal));
            if (header is null)
                continue;
            var named = Clean(line[header.Length..]);
            if (named == "/dev/null")
                continue;
            yield return named;
            // Diffs without the prefixes a/ and b/ exist, and a directory may have such a name.
            if (named is ['a' or 'b', '/', ..])
                yield return named[2..];
        }
    }

    private static string Clean(string name)
    {
        var end = name.IndexOf('\t', StringComparison.Ordinal);
        name = (end < 0 ? name : name[..end]).TrimEnd('\r', ' ').Trim('"');
        return name;
    }
}
