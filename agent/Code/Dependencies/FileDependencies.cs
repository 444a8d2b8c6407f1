using System.Text.RegularExpressions;
using Navi.Agent.Projects;

namespace Navi.Agent.Code;

/// <summary>
/// Which files of a repository import which, by what the import names: Python modules, relative paths of JavaScript and TypeScript, quoted
/// includes of C and C++, Java and Kotlin classes, relative requires of Ruby, sourced shell files. What a path map, a build or a package leads to is not seen.
/// </summary>
internal static class FileDependencies
{
    // Characters of the names in one Python import; a longer list is not followed.
    private const int LongestList = 10_000;

    private static readonly Regex From = Form(@"^[ \t]*from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+");
    private static readonly Regex Import = Form(@"^[ \t]*import[ \t]+([\w., \t]+)");
    private static readonly Regex ScriptImport = Form(@"(?<word>\bfrom|\bimport|\brequire)[ \t]*\(?[ \t]*[""'](?<target>\.{1,2}(?:/[^""'\n]*)?)[""']");
    private static readonly Regex Include = Form(@"^[ \t]*#[ \t]*(?<word>include)[ \t]+""(?<target>[^""\n]+)""");
    private static readonly Regex RequireRelative = Form(@"^[ \t]*(?<word>require_relative)[ \t(]+[""'](?<target>[^""'\n]+)[""']");
    private static readonly Regex Sourced = Form(@"^[ \t]*(?<word>\.|source)[ \t]+[""']?(?<target>[\w./-]+)");
    private static readonly Regex JavaImport = Form(@"^[ \t]*(?<word>import)[ \t]+(?:static[ \t]+)?(?<target>[\w.]+)");

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
                "C" or "C++" or "Objective-C" => Relative(tree, path, Include, ""),
                "Ruby" => Relative(tree, path, RequireRelative, ".rb"),
                "Shell" => Relative(tree, path, Sourced, ""),
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
        foreach (Match match in From.Matches(skeleton))
        {
            var start = match.Index + match.Length;
            var open = start < skeleton.Length && skeleton[start] == '(';
            var end = skeleton.IndexOf(open ? ')' : '\n', start, Math.Min(LongestList, skeleton.Length - start));
            yield return (match.Groups[1].Length, match.Groups[2].Value, [.. Names(skeleton[start..(end < 0 ? start : end)])]);
        }

        foreach (Match match in Import.Matches(skeleton))
            foreach (var module in Names(match.Groups[1].Value))
                yield return (0, module, []);
    }

    private static IEnumerable<string> Names(string list) =>
        list.Trim('(', ')', ' ', '\t', '\r').Split(',').Select(n => n.Trim().Split(' ', '\t')[0]).Where(n => n.Length > 0 && n != "*");

    private static IEnumerable<string> Script(ProjectTree tree, string path) =>
        from written in Written(tree, path, ScriptImport)
        let named = RelativePath.Combine(ProjectTree.Parent(path), written)
        where named is not null
        // TypeScript names the file that its compiler will write.
        let source = named.EndsWith(".js", StringComparison.Ordinal) ? named[..^3] : named
        let target = ScriptEndings.Select(e => named + e).Concat(ScriptEndings.Select(e => source + e)).FirstOrDefault(tree.Has)
        where target is not null
        select target;

    private static IEnumerable<string> Relative(ProjectTree tree, string path, Regex form, string ending)
    {
        foreach (var written in Written(tree, path, form))
        {
            var name = ending.Length > 0 && !written.EndsWith(ending, StringComparison.Ordinal) ? written + ending : written;
            var beside = RelativePath.Combine(ProjectTree.Parent(path), name);
            if (beside is not null && tree.Has(beside))
                yield return beside;
            else if (ending.Length == 0 && new[] { name, "include/" + name, "src/" + name }.FirstOrDefault(tree.Has) is { } other)
                yield return other;
        }
    }

    // A static import names a member of the class.
    private static IEnumerable<string> Java(ProjectTree tree, string path, ILookup<string, string> classes) =>
        from name in Written(tree, path, JavaImport)
        from candidate in new[] { name, name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name }.Distinct()
        from target in classes[candidate[(candidate.LastIndexOf('.') + 1)..]]
        where Path.ChangeExtension(target, null).Replace('/', '.') is var dotted && (dotted == candidate || dotted.EndsWith("." + candidate, StringComparison.Ordinal))
        select target;

    // What an import names, unless the import stands in a comment or a string.
    private static IEnumerable<string> Written(ProjectTree tree, string path, Regex form)
    {
        var text = tree.Read(path) ?? "";
        var skeleton = CodeSkeleton.Of(path, text);
        foreach (Match match in form.Matches(text))
            if (match.Groups["word"] is var word && skeleton.AsSpan(word.Index, word.Length).SequenceEqual(word.ValueSpan))
                yield return match.Groups["target"].Value;
    }

    private static Regex Form(string expression) => new(expression, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
