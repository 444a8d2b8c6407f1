namespace Navi.Agent.Projects;

/// <summary>Paths that files of a repository name one another by.</summary>
internal static class RelativePath
{
    /// <summary>The path of <paramref name="relative"/> seen from a directory, without '.' and '..'; null when it leaves the repository.</summary>
    public static string? Combine(string directory, string relative)
    {
        if (relative.StartsWith('/'))
            return null;
        var parts = new List<string>(directory.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else
                return null;
        }

        return string.Join('/', parts);
    }
}
