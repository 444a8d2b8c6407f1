using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Navi.Agent.Effects;
using Navi.Agent.Reports;

namespace Navi.Agent.Tools.Run;

internal sealed class ParseTestReportTool : Tool<ParseTestReportTool.Arguments>
{
    private const int ShownOfMessage = 1000;

    public override string Name => "parse_test_report";

    public override string Description => "Reads a report of a test run (JUnit XML, TRX or TAP) and lists how many tests passed, which failed and why, and the slowest.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var content = context.ReadText(arguments.Path, ToolText.MaxEditedBytes).Text;
        string format;
        IReadOnlyList<ReportedTest> tests;
        try
        {
            (format, tests) = TestReports.Read(content);
        }
        catch (FormatException e)
        {
            return Task.FromResult(ToolResult.Error($"path: '{BoundedText.Brief(arguments.Path)}' is no report of tests: {BoundedText.Brief(e.Message)}. Read are JUnit XML, TRX and TAP."));
        }

        int Count(string state) => tests.Count(t => t.State == state);
        var failed = tests.Where(t => t.State == ReportedTest.Failed).ToList();
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{format}: {Count(ReportedTest.Passed)} passed, {failed.Count} failed, {Count(ReportedTest.Skipped)} skipped.");
        if (tests.Count == 0)
            text.AppendLine("The report has no test.");
        foreach (var test in failed.Take(arguments.MaxFailures))
            text.AppendLine(CultureInfo.InvariantCulture, $"\nfailed: {test.Name}\n{BoundedText.Cut(test.Message ?? "(no message)", ShownOfMessage)}");
        if (failed.Count > arguments.MaxFailures)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{failed.Count - arguments.MaxFailures} more failed]");
        var slow = tests.Where(t => t.Seconds >= 0.1).OrderByDescending(t => t.Seconds).ThenBy(t => t.Name, StringComparer.Ordinal).Take(5).ToList();
        if (slow.Count > 0)
            text.AppendLine("\nslowest: " + string.Join(", ", slow.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name} {t.Seconds:0.0} s"))));
        var data = new { format, passed = Count(ReportedTest.Passed), failed = failed.Count, skipped = Count(ReportedTest.Skipped), failures = failed.Take(arguments.MaxFailures) };
        return Task.FromResult(ToolResult.Ok(text.ToString(), ToolText.Json(data)));
    }

    internal sealed record Arguments(
        [Description("The report, relative to the workspace.")] string Path,
        [Description("The most failed tests to show."), Range(1, 500)] int MaxFailures = 30);
}
