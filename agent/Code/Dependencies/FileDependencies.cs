using System.Text.RegularExpressions;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>
/// Which files of a repository import which, by what the import names: Python modules, relative paths of JavaScript and TypeScript, quoted
/// includes of C and C++, Java and Kotlin classes, relative requires of Ruby, sourced shell files. What a path map, a build or a package leads to is not seen.
/// </summary>
internal static partial class FileDependencies
{
    private static readonly string[] ScriptEndings = ["", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".json", "/index.ts", "/index.tsx", "/index.js", "/index.mjs"];

    public static IReadOnlyList<Dependency> Of(ProjectTree tree, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var found = new HashSet<Dependency>();
        var classes = new Lazy<ILookup<string, string>>(() => tree.Paths.Where(p => Path.GetExtension(p) is ".java" or ".kt").ToLookup(p => Path.GetFileNameWithoutExtension(p), StringComparer.Ordinal));
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var targets = LanguageTable.Of(path) switch
            {
                "Python" => Python(tree, path),
                "JavaScript" or "TypeScript" => Script(tree, path),
                "C" or "C++" or "Objective-C" => Relative(tree, path, Include(), ""),
                "Ruby" => Relative(tree, path, RequireRelative(), ".rb"),
                "Shell" => Relative(tree, path, Sourced(), ""),
                "Java" or "Kotlin" => Java(tree, path, classes.Value),
                _ => [],
            };
            foreach (var target in targets.Where(t => t != path))
                found.Add(new(path, target));
        }

        return [.. found.OrderBy(d => d.From, StringComparer.Ordinal).ThenBy(d => d.To, StringComparer.Ordinal)];
    }

    /// <summary>The same between directories; what lies in one needs nothing to be named.</summary>
    public static IReadOnlyList<Dependency> OfDirectories(IEnumerable<Dependency> files) =>
    [
        .. files.Select(d => new Dependency(Directory(d.From), Directory(d.To))).Where(d => d.From != d.To).Distinct()
            .OrderBy(d => d.From, StringComparer.Ordinal).ThenBy(d => d.To, StringComparer.Ordinal),
    ];

    private static string Directory(string path) => ProjectTree.Parent(path) is { Length: > 0 } parent ? parent : ".";

    private static IEnumerable<string> Python(ProjectTree tree, string path)
    {
        var directory = ProjectTree.Parent(path);
        foreach (var (dots, module, names) in PythonImports(CodeSkeleton.Of(path, tree.Read(path) ?? "")))
        {
            var start = directory;
            for (var i = 1; i < dots; i++)
                start = ProjectTree.Parent(start);
            var inside = module.Replace('.', '/');
            // An absolute import begins at the root, in src, or beside the file.
            var bases = dots > 0 ? [start] : new[] { "", "src", directory };
            foreach (var place in bases.Select(b => inside.Length == 0 ? b : ProjectTree.Join(b, inside)))
            {
                var modules = names.Select(n => ProjectTree.Join(place, n)).Where(p => tree.Has(p + ".py")).Select(p => p + ".py").ToList();
                if (modules.Count == 0)
                    modules = new[] { place + ".py", ProjectTree.Join(place, "__init__.py") }.Where(tree.Has).Take(1).ToList();
                foreach (var target in modules)
                    yield return target;
                if (modules.Count > 0)
                    break;
            }
        }
    }

    private static IEnumerable<(int Dots, string Module, IReadOnlyList<string> Names)> PythonImports(string skeleton)
    {
        foreach (Match match in From().Matches(skeleton))
            yield return (match.Groups[1].Length, match.Groups[2].Value, [.. Names(match.Groups[3].Value)]);
        foreach (Match match in Import().Matches(skeleton))
            foreach (var module in Names(match.Groups[1].Value))
                yield return (0, module, []);
    }

    private static IEnumerable<string> Names(string list) =>
        list.Trim('(', ')', ' ', '\t').Split(',').Select(n => n.Trim().Split(' ', '\t')[0]).Where(n => n.Length > 0 && n != "*");

    private static IEnumerable<string> Script(ProjectTree tree, string path) =>
        from Match match in ScriptImport().Matches(tree.Read(path) ?? "")
        let named = RelativePath.Combine(ProjectTree.Parent(path), match.Groups[1].Value)
        where named is not null
        // TypeScript names the file that its compiler will write.
        let written = named.EndsWith(".js", StringComparison.Ordinal) ? named[..^3] : named
        let target = ScriptEndings.Select(e => named + e).Concat(ScriptEndings.Select(e => written + e)).FirstOrDefault(tree.Has)
        where target is not null
        select target;

    private static IEnumerable<string> Relative(ProjectTree tree, string path, Regex form, string ending)
    {
        foreach (Match match in form.Matches(tree.Read(path) ?? ""))
        {
            var name = match.Groups[1].Value;
            if (ending.Length > 0 && !name.EndsWith(ending, StringComparison.Ordinal))
                name += ending;
            var beside = RelativePath.Combine(ProjectTree.Parent(path), name);
            if (beside is not null && tree.Has(beside))
                yield return beside;
            else if (ending.Length == 0 && new[] { name, "include/" + name, "src/" + name }.FirstOrDefault(tree.Has) is { } other)
                yield return other;
        }
    }

    private static IEnumerable<string> Java(ProjectTree tree, string path, ILookup<string, string> classes) =>
        from Match match in JavaImport().Matches(tree.Read(path) ?? "")
        let name = match.Groups[1].Value
        from target in classes[name[(name.LastIndexOf('.') + 1)..]]
        where Path.ChangeExtension(target, null).Replace('/', '.') is var dotted && (dotted == name || dotted.EndsWith("." + name, StringComparison.Ordinal))
        select target;

    [GeneratedRegex(@"^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^[ \t]*import[ \t]+([\w., \t]+)", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex(@"(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)[""'](\.{1,2}(?:/[^""'\n]*)?)[""']")]
    private static partial Regex ScriptImport();

    [GeneratedRegex(@"^[ \t]*#[ \t]*include[ \t]+""([^""\n]+)""", RegexOptions.Multiline)]
    private static partial Regex Include();

    [GeneratedRegex(@"^[ \t]*require_relative[ \t(]+[""']([^""'\n]+)[""']", RegexOptions.Multiline)]
    private static partial Regex RequireRelative();

    [GeneratedRegex(@"^[ \t]*(?:\.|source)[ \t]+[""']?([\w./-]+)", RegexOptions.Multiline)]
    private static partial Regex Sourced();

    [GeneratedRegex(@"^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex JavaImport();
}
