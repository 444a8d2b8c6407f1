using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Navi.Agent.Projects;
using Navi.Agent.Tools;

namespace Navi.Agent.Reports;

/// <summary>Reads reports of test runs: JUnit's XML as most runners write it, Visual Studio's TRX, and TAP (testanything.org, versions 12 to 14, nested tests not counted).</summary>
internal static class TestReports
{
    private const int LongestMessage = 4_000;

    private static readonly Regex TapLine = Form(@"^(?<not>not )?ok\b[ \t]*(?<number>\d*)[ \t]*(?:-[ \t]+)?(?<name>[^#\r\n]*)(?:#[ \t]*(?<directive>(?i:skip|todo)[^\r\n]*)|#[^\r\n]*)?\r?$");
    private static readonly Regex TapPlan = Form(@"^1\.\.(\d+)");
    private static readonly Regex BailOut = Form(@"^Bail out![^\r\n]*");

    /// <summary>The report's tests and the format's name.</summary>
    /// <exception cref="FormatException">It is none of them; the message says why.</exception>
    public static (string Format, IReadOnlyList<ReportedTest> Tests) Read(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<"))
            return TapLine.IsMatch(text) || TapPlan.IsMatch(text)
                ? ("TAP", Tap(text))
                : throw new FormatException("it is neither XML nor TAP");
        XElement root;
        try
        {
            root = ManifestXml.Load(text).Root!;
        }
        catch (XmlException e)
        {
            throw new FormatException($"it is not whole XML: {e.Message}", e);
        }

        return root.Name.LocalName switch
        {
            "testsuites" or "testsuite" => ("JUnit", [.. root.DescendantsAndSelf().Where(e => e.Name.LocalName == "testcase").Select(JUnit)]),
            "TestRun" => ("TRX", [.. root.Descendants().Where(e => e.Name.LocalName == "UnitTestResult").Select(Trx)]),
            var other => throw new FormatException($"its root is <{other}>; known are <testsuites>, <testsuite> and <TestRun>"),
        };
    }

    private static ReportedTest JUnit(XElement test)
    {
        var place = test.Attribute("classname")?.Value ?? test.Attribute("file")?.Value;
        var name = test.Attribute("name")?.Value ?? "(no name)";
        var end = test.Elements().FirstOrDefault(e => e.Name.LocalName is "failure" or "error") ?? test.Elements().FirstOrDefault(e => e.Name.LocalName == "skipped");
        var state = end is null ? ReportedTest.Passed : end.Name.LocalName == "skipped" ? ReportedTest.Skipped : ReportedTest.Failed;
        var message = end is null ? null : string.Join('\n', new[] { Short(end.Attribute("message")?.Value), Short(end.Value) }.Where(m => !string.IsNullOrEmpty(m)).Distinct());
        return new(string.IsNullOrEmpty(place) || name.StartsWith(place, StringComparison.Ordinal) ? name : $"{place}.{name}", state, Seconds(test.Attribute("time")?.Value), message);
    }

    private static ReportedTest Trx(XElement test)
    {
        var state = test.Attribute("outcome")?.Value switch
        {
            "Passed" or "PassedButRunAborted" or "Warning" => ReportedTest.Passed,
            "NotExecuted" or "NotRunnable" or "Pending" or "Inconclusive" or "Disconnected" or "InProgress" => ReportedTest.Skipped,
            _ => ReportedTest.Failed,
        };
        var error = test.Elements().Where(e => e.Name.LocalName == "Output").Elements().Where(e => e.Name.LocalName == "ErrorInfo").Elements()
            .Where(e => e.Name.LocalName is "Message" or "StackTrace").Select(e => Short(e.Value));
        var seconds = TimeSpan.TryParse(test.Attribute("duration")?.Value, CultureInfo.InvariantCulture, out var duration) ? duration.TotalSeconds : (double?)null;
        return new(test.Attribute("testName")?.Value ?? "(no name)", state, seconds, state == ReportedTest.Passed ? null : string.Join('\n', error) is { Length: > 0 } message ? message : null);
    }

    private static List<ReportedTest> Tap(string text)
    {
        var tests = new List<ReportedTest>();
        var matches = TapLine.Matches(text);
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            var directive = match.Groups["directive"].Value;
            var failed = match.Groups["not"].Success;
            // What is still to be done may fail, and counts as skipped.
            var state = directive.Length > 0 ? ReportedTest.Skipped : failed ? ReportedTest.Failed : ReportedTest.Passed;
            var name = match.Groups["name"].Value.Trim();
            tests.Add(new(name.Length == 0 ? $"test {match.Groups["number"].Value}" : name, state, null, directive.Length > 0 ? directive.Trim() : failed ? Said(text, match.Index + match.Length, i + 1 < matches.Count ? matches[i + 1].Index : text.Length) : null));
        }

        // A plan for more tests than there are lines is a run that broke off.
        if (TapPlan.Match(text) is { Success: true } plan && int.TryParse(plan.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var planned) && planned > tests.Count && planned < 1_000_000)
            tests.Add(new($"{planned - tests.Count} planned tests", ReportedTest.Failed, null, "The plan has them, and the report does not: the run broke off."));
        if (BailOut.Match(text) is { Success: true } bail)
            tests.Add(new("Bail out!", ReportedTest.Failed, null, bail.Value.Trim()));
        return tests;
    }

    // What follows a failed line: a block of YAML, indented, or lines of comment.
    private static string? Said(string text, int from, int until)
    {
        var lines = text[from..until].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] is ' ' or '\t' or '#');
        return string.Join('\n', lines.Select(l => l.TrimStart('#', ' ', '\t'))) is { Length: > 0 } said ? said : null;
    }

    private static string? Short(string? text) => text is null ? null : BoundedText.Cut(text.Trim(), LongestMessage);

    private static double? Seconds(string? text) =>
        double.TryParse(text?.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds) ? seconds : null;

    private static Regex Form(string expression) => new(expression, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
