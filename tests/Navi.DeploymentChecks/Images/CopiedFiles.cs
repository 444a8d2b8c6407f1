using System.Xml.Linq;

namespace Navi.DeploymentChecks.Images;

/// <summary>What comes into the build from the repository.</summary>
internal static class CopiedFiles
{
    private static readonly string[] NeverCopied = ["**/bin", "**/obj"];

    /// <summary>The repository's files and folders that the build copies.</summary>
    public static IReadOnlyList<string> Sources(Dockerfile dockerfile) => [.. dockerfile.Of("COPY").Where(c => c.Option("from") is null).SelectMany(c => c.Words.SkipLast(1))];

    public static IEnumerable<string> Problems(string root, Dockerfile dockerfile)
    {
        var sources = Sources(dockerfile);
        foreach (var missing in sources.Where(s => !Path.Exists(Path.Combine(root, s))))
            yield return $"COPY names {missing}, which is not in the repository";
        // A pattern that finds nothing is no error to the build: what it was to take is left out without a word.
        foreach (var (project, taken) in sources.SelectMany(s => TakenFromOutside(root, s)).Where(t => !sources.Any(s => t.Taken == s || t.Taken.StartsWith(s + "/", StringComparison.Ordinal))))
            yield return $"{project} takes {taken}, which is not copied";
        foreach (var copy in dockerfile.Of("COPY").Where(c => c.Option("from") is { } from && !PublishStep.In(dockerfile).Any(p => p.Output == c.Words[0] && dockerfile.Of("FROM").Any(f => f.Stage == p.Stage && f.Words is [_, "AS", var name] && name == from))))
            yield return $"line {copy.Line}: COPY takes {copy.Words[0]} from {copy.Option("from")}, where nothing is published to it";
        var file = Path.Combine(root, "k8s-keda", "images", dockerfile.Name + ".dockerignore");
        if (!File.Exists(file))
        {
            yield return $"there is no {dockerfile.Name}.dockerignore beside it: everything would be sent to the builder, secrets too";
            yield break;
        }
        var rules = File.ReadAllLines(file).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')).ToList();
        if (rules.FirstOrDefault() != "*")
            yield return $"{dockerfile.Name}.dockerignore must begin with * and then name what is let through";
        var let = rules.Where(r => r.StartsWith('!')).Select(r => r[1..]).ToList();
        foreach (var source in sources.Except(let))
            yield return $"{dockerfile.Name}.dockerignore leaves out {source}, which is copied";
        foreach (var source in let.Except(sources))
            yield return $"{dockerfile.Name}.dockerignore lets {source} through, which is not copied";
        foreach (var output in NeverCopied.Where(o => rules.LastIndexOf(o) < rules.FindLastIndex(r => r.StartsWith('!'))))
            yield return $"{dockerfile.Name}.dockerignore must leave out {output} after what it lets through";
    }

    // What the projects of a folder compile from outside of it: other projects, and files to embed.
    private static IEnumerable<(string Project, string Taken)> TakenFromOutside(string root, string source)
    {
        var folder = Path.Combine(root, source);
        foreach (var project in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories) : [])
        {
            foreach (var include in XDocument.Load(project).Descendants().Where(e => e.Name.LocalName is "ProjectReference" or "EmbeddedResource").Select(e => e.Attribute("Include")?.Value).OfType<string>().Where(i => i.StartsWith("../", StringComparison.Ordinal)))
                yield return (Path.GetRelativePath(root, project), Path.GetRelativePath(root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, include))));
        }
    }
}
