using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Document;
using Navi.Testing;

namespace Navi.Functions.Tests.OpenApi;

/// <summary>docs/API.md against the functions. NAVI_WRITE_DOCS=1 writes its tables anew.</summary>
public sealed partial class ApiGuideTests
{
    private const string Rewrite = "Write it anew: NAVI_WRITE_DOCS=1 tests/Navi.Functions.Tests/bin/Debug/net10.0/Navi.Functions.Tests -class '*ApiGuideTests'";

    private static string Document => Path.Combine(SourceTree.Root, "docs", "API.md");

    [Fact]
    public void Guide_Routes_AreTheFunctions() => Hold("routes", "| route | role | what it does |\n|---|---|---|\n" + string.Concat(HttpOperation.All.Select(o =>
        $"| `{o.Method.ToUpperInvariant()} {o.Path}` | {RoleOf(o)} | {o.Function.GetCustomAttribute<OperationAttribute>()!.Summary} |\n")));

    [Fact]
    public void Guide_Problems_AreWhatTheFunctionsRefuseWith()
    {
        var refusals = HttpOperation.All.SelectMany(o => o.Function.GetCustomAttributes<RefusesAttribute>().Concat(CommonRefusals.Of(o, AccessTable.Public.Contains(o.Name)))).ToList();
        Assert.True(refusals.Select(r => r.Type).Distinct().Count() > 10);
        Hold("problems", "| type | status | when |\n|---|---|---|\n" + string.Concat(refusals.GroupBy(r => r.Type).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            string.Create(CultureInfo.InvariantCulture, $"| `{Problem.Types}{g.Key}` | {string.Join(", ", g.Select(r => r.Status).Distinct().Order())} | {string.Join(' ', g.Select(r => r.When).Distinct())} |\n"))));
    }

    [Fact]
    public void Guide_RoutesInItsText_Exist()
    {
        var routes = HttpOperation.All.Select(o => $"{o.Method.ToUpperInvariant()} {o.Path}").ToList();
        var named = Route().Matches(File.ReadAllText(Document)).Select(m => m.Value).Distinct().ToList();
        Assert.True(named.Count >= routes.Count);
        Assert.All(named, r => Assert.Contains(r, routes));
    }

    private static string RoleOf(HttpOperation operation) =>
        AccessTable.Public.Contains(operation.Name) ? "none" : AccessTable.RoleOf[operation.Name] is var role && role == AccessTable.Anybody ? "any" : role;

    private static void Hold(string block, string expected)
    {
        var text = File.ReadAllText(Document);
        var (begin, end) = ($"<!-- {block}: written from the code -->\n", $"<!-- end of {block} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= begin.Length && to >= from, $"docs/API.md has no block of {block}.");
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") is { Length: > 0 })
        {
            File.WriteAllText(Document, text[..from] + expected + text[to..]);
            return;
        }
        var (written, wanted) = (text[from..to].Split('\n'), expected.Split('\n'));
        Assert.True(
            text[from..to] == expected,
            $"Missing in docs/API.md:\n{string.Join('\n', wanted.Except(written))}\nIn it, but not so in the code:\n{string.Join('\n', written.Except(wanted))}\n{Rewrite}");
    }

    [GeneratedRegex(@"(?<=`)(GET|POST|PUT|PATCH|DELETE) /[^`\s?]*(?=`)")]
    private static partial Regex Route();
}
