using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>Which project files of a repository refer to which: .NET project references, npm packages of the repository that another one needs, Cargo paths.</summary>
internal static partial class ProjectDependencies
{
    public static IReadOnlyList<Dependency> Of(ProjectTree tree) =>
    [
        .. DotNet(tree).Concat(Npm(tree)).Concat(Cargo(tree)).Distinct()
            .OrderBy(d => d.From, StringComparer.Ordinal).ThenBy(d => d.To, StringComparer.Ordinal),
    ];

    private static IEnumerable<Dependency> DotNet(ProjectTree tree) =>
        from project in tree.Paths
        where Path.GetExtension(project) is ".csproj" or ".fsproj" or ".vbproj"
        from reference in CSharpProjects.Referenced(tree, project)
        select new Dependency(project, reference);

    private static IEnumerable<Dependency> Npm(ProjectTree tree)
    {
        var packages = new Dictionary<string, string>(StringComparer.Ordinal);
        var needs = new List<(string From, string Name)>();
        foreach (var path in tree.Paths.Where(p => Path.GetFileName(p) == "package.json"))
        {
            if (Parse(tree.Read(path)) is not { } json)
                continue;
            using (json)
            try
            {
                if (json.RootElement.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
                    packages.TryAdd(name.GetString()!, path);
                foreach (var section in new[] { "dependencies", "devDependencies", "peerDependencies", "optionalDependencies" })
                    if (json.RootElement.TryGetProperty(section, out var list) && list.ValueKind == JsonValueKind.Object)
                        needs.AddRange(list.EnumerateObject().Select(p => (path, p.Name)));
            }
            catch (InvalidOperationException)
            {
                // Half of a pair of surrogates is a JSON string and no text.
            }
        }

        return needs.Where(n => packages.TryGetValue(n.Name, out var to) && to != n.From).Select(n => new Dependency(n.From, packages[n.Name]));
    }

    private static IEnumerable<Dependency> Cargo(ProjectTree tree) =>
        from manifest in tree.Paths
        where Path.GetFileName(manifest) == "Cargo.toml"
        from Match match in CargoPath().Matches(tree.Read(manifest) ?? "")
        let target = RelativePath.Combine(ProjectTree.Parent(manifest), match.Groups[1].Value + "/Cargo.toml")
        where target is not null && target != manifest && tree.Has(target)
        select new Dependency(manifest, target);

    private static JsonDocument? Parse(string? text)
    {
        try
        {
            var json = JsonDocument.Parse(text ?? "");
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^[^#\n]*\bpath[ \t]*=[ \t]*""([^""\n]+)""", RegexOptions.Multiline)]
    private static partial Regex CargoPath();
}
