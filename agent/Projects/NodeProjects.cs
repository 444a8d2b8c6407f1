using System.Text.Json;
using System.Text.RegularExpressions;

namespace Navi.Agent.Projects;

internal static partial class NodeProjects
{
    public static IEnumerable<DetectedProject> Find(ProjectTreeView tree)
    {
        var manifests = tree.Topmost(tree.Named("package.json")).ToList();
        foreach (var manifest in manifests)
        {
            var directory = ProjectTree.Parent(manifest);
            var (script, needsPackages, build) = Scripts(tree.Read(manifest));
            var tests = TestFiles(tree, directory);
            var install = needsPackages && tree.Has(ProjectTree.Join(directory, "package-lock.json"))
                ? "{ test -d node_modules || npm ci --offline --no-audit --no-fund; } && "
                : "";
            var test = script ? install + "npm test" : tests.Count > 0 ? install + "node --test" : null;
            yield return new(ProjectKind.Node, directory, build ? install + "npm run build" : null, test, [manifest, .. script ? [] : tests.Take(5)]);
        }

        // Plain scripts with node:test need no manifest.
        if (manifests.Count == 0 && TestFiles(tree, "") is { Count: > 0 } loose)
            yield return new(ProjectKind.Node, "", null, "node --test", [.. loose.Take(5)]);
    }

    private static (bool Test, bool NeedsPackages, bool Build) Scripts(string? manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(manifest ?? "{}", new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = json.RootElement;
            string? Script(string name) =>
                root.ValueKind == JsonValueKind.Object && root.TryGetProperty("scripts", out var scripts) && scripts.ValueKind == JsonValueKind.Object
                && scripts.TryGetProperty(name, out var line) && line.ValueKind == JsonValueKind.String ? line.GetString() : null;
            var test = Script("test");
            var packages = new[] { "dependencies", "devDependencies" }.Any(n =>
                root.ValueKind == JsonValueKind.Object && root.TryGetProperty(n, out var list) && list.ValueKind == JsonValueKind.Object && list.EnumerateObject().Any());

            // What npm init writes is not a test.
            return (!string.IsNullOrWhiteSpace(test) && !test.Contains("no test specified", StringComparison.Ordinal), packages, Script("build") is not null);
        }
        catch (JsonException)
        {
            return (false, false, false);
        }
    }

    // What `node --test` runs by itself, and only files that use its runner.
    private static List<string> TestFiles(ProjectTreeView tree, string directory) =>
    [
        .. tree.Below(directory).Where(p => TestName().IsMatch(p[(directory.Length == 0 ? 0 : directory.Length + 1)..]) && (tree.Read(p) ?? "").Contains("node:test", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"(?:^|/)(?:test/.*|test|test-[^/]*|[^/]*[.\-_]test)\.[cm]?js$")]
    private static partial Regex TestName();
}
