using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy.Rules;

/// <summary>A path that a call names.</summary>
/// <param name="Candidates">What it may be from the repository's root, without <c>.</c>, <c>..</c> and empty names; more than one after a change of directory.</param>
internal sealed record CallPath(IReadOnlyList<string> Candidates)
{
    public bool Unknown => Candidates.Any(c => c.Contains(ShellWord.Gap, StringComparison.Ordinal));

    /// <param name="path">As the call names it.</param>
    /// <param name="bases">Directories from which it may be meant; empty text is the repository's root.</param>
    public static CallPath From(string path, IReadOnlyList<string> bases) =>
        new([.. bases.Select(b => Normal(path.StartsWith('/') || b.Length == 0 ? path : b + "/" + path)).Distinct()]);

    private static string Normal(string path)
    {
        var names = new List<string>();
        foreach (var name in path.Replace('\\', '/').Split('/'))
        {
            if (name is "" or ".")
                continue;
            if (name == ".." && names.Count > 0 && names[^1] != ".." && !names[^1].Contains(ShellWord.Gap, StringComparison.Ordinal))
                names.RemoveAt(names.Count - 1);
            else
                names.Add(name);
        }
        return (path.StartsWith('/') ? "/" : "") + string.Join('/', names);
    }
}
