using System.Text.RegularExpressions;
using Navi.Agent.Tools;

namespace Navi.Agent.Projects;

/// <summary>Gathers the facts of a survey. Nothing but the files counts: no clock, no machine, no earlier report.</summary>
internal static partial class SurveyCollector
{
    /// <summary>Name of the report, which is not part of what it reports on.</summary>
    public const string ReportPath = "NAVI_SURVEY.md";

    private const int LargestShown = 10;

    public static SurveyFacts Collect(ProjectTree tree)
    {
        var languages = new Dictionary<string, LanguageFacts>(StringComparer.Ordinal);
        var sized = new List<SizedFile>();
        var entryPoints = new List<EntryPoint>();
        var dependencies = new List<DependencyFacts>();
        var markers = new List<OpenMarker>();
        foreach (var path in tree.Paths.Where(p => p != ReportPath))
        {
            var text = tree.ReadFile(path)?.Text;
            var file = new SizedFile(path, tree.Size(path), text is null ? null : TextFile.Lines(text).Length);
            sized.Add(file);
            var language = text is null ? "Binary" : LanguageTable.Of(path);
            var sum = languages.GetValueOrDefault(language, new(language, 0, 0, 0));
            languages[language] = sum with { Files = sum.Files + 1, Lines = sum.Lines + (file.Lines ?? 0), Bytes = sum.Bytes + file.Bytes };
            if (text is null)
                continue;
            if (EntryReason(path, text) is { } reason)
                entryPoints.Add(new(path, reason));
            if (DependencyReader.Read(path, () => text) is { } found)
                dependencies.Add(found);
            markers.AddRange(MarkerScanner.Scan(path, text));
        }

        var projects = ProjectDetector.Detect(tree)
            .Select(p => new ProjectFacts(p.Kind.ToString(), p.Directory.Length == 0 ? "." : p.Directory, p.BuildCommand, p.TestCommand, p.Evidence));
        return new(
            sized.Count,
            sized.Sum(s => s.Bytes),
            sized.Sum(s => s.Lines ?? 0),
            [.. languages.Values.OrderByDescending(l => l.Lines).ThenByDescending(l => l.Bytes).ThenBy(l => l.Name, StringComparer.Ordinal)],
            [.. projects],
            entryPoints,
            dependencies,
            [.. sized.Select(s => s.Path).Where(p => TestPath().IsMatch(p) && LanguageTable.IsCode(LanguageTable.Of(p)))],
            [.. sized.OrderByDescending(s => s.Bytes).ThenBy(s => s.Path, StringComparer.Ordinal).Take(LargestShown)],
            markers);
    }

    private static string? EntryReason(string path, string text)
    {
        var name = Path.GetFileName(path);
        return Path.GetExtension(path) switch
        {
            ".py" when name == "__main__.py" => "package main module",
            ".py" when PythonMain().IsMatch(text) => "__main__ guard",
            ".go" when GoMain().IsMatch(text) => "package main",
            ".rs" when name == "main.rs" => "main.rs",
            ".cs" when name == "Program.cs" => "Program.cs",
            ".cs" when CSharpMain().IsMatch(text) => "static Main",
            ".java" when text.Contains("public static void main(", StringComparison.Ordinal) => "public static void main",
            ".c" or ".cc" or ".cpp" when CMain().IsMatch(text) => "main function",
            ".js" or ".mjs" or ".cjs" or ".ts" when text.StartsWith("#!", StringComparison.Ordinal) => "interpreter line",
            ".sh" when text.StartsWith("#!", StringComparison.Ordinal) => "interpreter line",
            "" when name == "Dockerfile" => "container image",
            "" when text.StartsWith("#!", StringComparison.Ordinal) => "interpreter line",
            _ => null,
        };
    }

    [GeneratedRegex(@"(?:^|/)(?:tests?|__tests__|spec)/|(?:^|/)test_[^/]*\.py$|_test\.(?:py|go)$|\.(?:test|spec)\.[cm]?[jt]sx?$|Tests?\.(?:cs|java|kt|fs)$")]
    private static partial Regex TestPath();

    [GeneratedRegex(@"^if __name__ == ['""]__main__['""]", RegexOptions.Multiline)]
    private static partial Regex PythonMain();

    [GeneratedRegex(@"^package main\b[\s\S]*^func main\(", RegexOptions.Multiline)]
    private static partial Regex GoMain();

    [GeneratedRegex(@"\bstatic\s+(?:async\s+)?(?:void|int|Task(?:<int>)?)\s+Main\(")]
    private static partial Regex CSharpMain();

    [GeneratedRegex(@"^(?:int|void)\s+main\s*\(", RegexOptions.Multiline)]
    private static partial Regex CMain();
}
