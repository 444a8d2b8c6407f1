using System.Globalization;
using System.Text.RegularExpressions;

namespace Navi.Agent.Projects;

/// <summary>Reads the closing lines of test runners. Several runs in one output are added up.</summary>
internal static partial class TestOutputParser
{
    /// <summary>Null when no known runner's closing lines are there.</summary>
    public static TestCounts? Parse(ProjectKind kind, string output)
    {
        var text = Colors().Replace(output, "").Replace("\r", "", StringComparison.Ordinal);
        return kind switch
        {
            ProjectKind.Python => Pytest(text) ?? UnitTest(text),
            ProjectKind.Node => NodeTest(text) ?? Jest(text) ?? Mocha(text),
            ProjectKind.Rust => Sum(Cargo(), text),
            ProjectKind.Go => GoTest(text),
            ProjectKind.DotNet => Sum(VsTest(), text) ?? Sum(TestPlatform(), text),
            ProjectKind.Java => Maven(text) ?? Gradle(text),
            _ => Pytest(text) ?? UnitTest(text) ?? NodeTest(text) ?? Jest(text) ?? Mocha(text) ?? Sum(Cargo(), text) ?? Sum(VsTest(), text)
                ?? Sum(TestPlatform(), text) ?? Maven(text) ?? GoTest(text),
        };
    }

    private static TestCounts? UnitTest(string text)
    {
        var ran = UnitTestRan().Matches(text);
        if (ran.Count == 0)
            return null;
        var failed = UnitTestNumbers("failures", text) + UnitTestNumbers("errors", text) + UnitTestNumbers("unexpected successes", text);
        var skipped = UnitTestNumbers("skipped", text);
        var total = ran.Sum(m => Number(m.Groups[1]));

        // A skipped test is counted as run; an error outside a test (an import) is counted as failed only.
        return new(Math.Max(0, total - failed - skipped), failed, skipped);
    }

    // "expected failures=1" is not "failures=1".
    private static int UnitTestNumbers(string word, string text) =>
        UnitTestResult().Matches(text).Sum(line => Regex.Match(line.Value, $@"[(,] ?{word}=(\d+)") is { Success: true } m ? Number(m.Groups[1]) : 0);

    private static TestCounts? Pytest(string text)
    {
        var closing = PytestClosing().Matches(text);
        if (closing.Count == 0)
            return null;
        int Count(string words) => closing.Sum(line => Regex.Matches(line.Value, $@"(\d+) (?:{words})\b").Sum(m => Number(m.Groups[1])));
        return new(Count("passed|xpassed"), Count("failed|errors?"), Count("skipped|deselected|xfailed"));
    }

    private static TestCounts? NodeTest(string text)
    {
        var lines = NodeLine().Matches(text);
        if (!lines.Any(l => l.Groups[1].Value == "tests"))
            return null;
        int Count(params string[] words) => lines.Where(l => words.Contains(l.Groups[1].Value)).Sum(l => Number(l.Groups[2]));
        return new(Count("pass"), Count("fail", "cancelled"), Count("skipped", "todo"));
    }

    private static TestCounts? Jest(string text)
    {
        var lines = JestLine().Matches(text);
        if (lines.Count == 0)
            return null;
        int Count(string words) => lines.Sum(line => Regex.Matches(line.Value, $@"(\d+) (?:{words})\b").Sum(m => Number(m.Groups[1])));
        return new(Count("passed"), Count("failed"), Count("skipped|todo|pending"));
    }

    private static TestCounts? Mocha(string text)
    {
        int Count(Regex regex) => regex.Matches(text).Sum(m => Number(m.Groups[1]));
        return MochaPassing().IsMatch(text) ? new(Count(MochaPassing()), Count(MochaFailing()), Count(MochaPending())) : null;
    }

    private static TestCounts? GoTest(string text)
    {
        int Count(string word) => Regex.Count(text, $@"^\s*--- {word}: ", RegexOptions.Multiline);
        var counts = new TestCounts(Count("PASS"), Count("FAIL"), Count("SKIP"));
        return counts.Ran + counts.Skipped > 0 || GoPackage().IsMatch(text) ? counts : null;
    }

    private static TestCounts? Maven(string text)
    {
        // Lines of single classes carry a time; the module's total does not.
        var totals = MavenTotal().Matches(text);
        if (totals.Count == 0)
            return null;
        var failed = totals.Sum(m => Number(m.Groups[2]) + Number(m.Groups[3]));
        var skipped = totals.Sum(m => Number(m.Groups[4]));
        return new(totals.Sum(m => Number(m.Groups[1])) - failed - skipped, failed, skipped);
    }

    // Gradle prints no totals; a failing build does say "3 tests completed, 1 failed".
    private static TestCounts? Gradle(string text) =>
        GradleFailed().Match(text) is { Success: true } m ? new(Number(m.Groups[1]) - Number(m.Groups[2]), Number(m.Groups[2]), 0) : null;

    private static TestCounts? Sum(Regex regex, string text)
    {
        var matches = regex.Matches(text);
        return matches.Count == 0 ? null : new(
            matches.Sum(m => Number(m.Groups["passed"])), matches.Sum(m => Number(m.Groups["failed"])), matches.Sum(m => Number(m.Groups["skipped"])));
    }

    private static int Number(Group group) => int.TryParse(group.ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex Colors();

    [GeneratedRegex(@"^Ran (\d+) tests? in ", RegexOptions.Multiline)]
    private static partial Regex UnitTestRan();

    [GeneratedRegex(@"^(?:OK|FAILED|NO TESTS RAN)(?: \(.*\))?$", RegexOptions.Multiline)]
    private static partial Regex UnitTestResult();

    [GeneratedRegex(@"^(?:=+ )?(?:no tests ran|\d+ (?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)\b.*) in [\d.]+s.*$", RegexOptions.Multiline)]
    private static partial Regex PytestClosing();

    [GeneratedRegex(@"^(?:#|ℹ) (tests|pass|fail|cancelled|skipped|todo) (\d+)$", RegexOptions.Multiline)]
    private static partial Regex NodeLine();

    [GeneratedRegex(@"^\s*Tests:?\s+(?=.*\d+ (?:passed|failed|skipped|todo)).*$", RegexOptions.Multiline)]
    private static partial Regex JestLine();

    [GeneratedRegex(@"^\s+(\d+) passing\b", RegexOptions.Multiline)]
    private static partial Regex MochaPassing();

    [GeneratedRegex(@"^\s+(\d+) failing\b", RegexOptions.Multiline)]
    private static partial Regex MochaFailing();

    [GeneratedRegex(@"^\s+(\d+) pending\b", RegexOptions.Multiline)]
    private static partial Regex MochaPending();

    [GeneratedRegex(@"^test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored", RegexOptions.Multiline)]
    private static partial Regex Cargo();

    [GeneratedRegex(@"^(?:ok|FAIL|\?)\s+\S+\s+(?:[\d.]+s|\(cached\)|\[)", RegexOptions.Multiline)]
    private static partial Regex GoPackage();

    [GeneratedRegex(@"(?:Passed|Failed|Skipped)!\s+- Failed:\s+(?<failed>\d+), Passed:\s+(?<passed>\d+), Skipped:\s+(?<skipped>\d+)")]
    private static partial Regex VsTest();

    [GeneratedRegex(@"Test (?:run )?summary: [\s\S]*?total: \d+[\s,]+failed: (?<failed>\d+)[\s,]+succeeded: (?<passed>\d+)[\s,]+skipped: (?<skipped>\d+)")]
    private static partial Regex TestPlatform();

    [GeneratedRegex(@"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex MavenTotal();

    [GeneratedRegex(@"^(\d+) tests? completed, (\d+) failed", RegexOptions.Multiline)]
    private static partial Regex GradleFailed();
}
