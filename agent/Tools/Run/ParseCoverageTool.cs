using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Navi.Agent.Effects;
using Navi.Agent.Reports;

namespace Navi.Agent.Tools.Run;

internal sealed class ParseCoverageTool : Tool<ParseCoverageTool.Arguments>
{
    public override string Name => "parse_coverage";

    public override string Description => "Reads a report of line coverage (Cobertura, JaCoCo or LCOV): the share of lines that ran, and per file the lines that did not, the worst first.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var content = context.ReadText(arguments.Path, ToolText.MaxEditedBytes).Text;
        string format;
        IReadOnlyList<FileCoverage> all;
        try
        {
            (format, all) = CoverageReports.Read(content);
        }
        catch (FormatException e)
        {
            return Task.FromResult(ToolResult.Error($"path: '{BoundedText.Brief(arguments.Path)}' is no report of coverage: {BoundedText.Brief(e.Message)}. Read are Cobertura, JaCoCo and LCOV."));
        }

        var glob = arguments.Files is null ? null : new Glob(arguments.Files);
        var files = all.Where(f => glob is null || glob.Matches(f.Path)).OrderByDescending(f => f.Lines.Count - f.Covered).ThenBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            return Task.FromResult(ToolResult.Error(all.Count == 0 ? $"'{BoundedText.Brief(arguments.Path)}' has no file with lines." : $"files: '{BoundedText.Brief(arguments.Files!)}' matches none of the {all.Count} files of the report; one is {all[0].Path}."));
        var (lines, covered) = (files.Sum(f => f.Lines.Count), files.Sum(f => f.Covered));
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{format}: {covered} of {lines} lines ran ({Share(covered, lines)} %), in {files.Count} files.");
        foreach (var file in files.Take(arguments.MaxFiles))
            text.AppendLine(CultureInfo.InvariantCulture, $"{file.Path}: {file.Covered} of {file.Lines.Count} ({Share(file.Covered, file.Lines.Count)} %){(file.Missed is { Length: > 0 } missed ? "; not run: " + BoundedText.Cut(missed, 400) : "")}");
        if (files.Count > arguments.MaxFiles)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{files.Count - arguments.MaxFiles} more files]");
        var data = new { format, lines, covered, files = files.Take(arguments.MaxFiles).Select(f => new { path = f.Path, lines = f.Lines.Count, covered = f.Covered, missed = f.Missed }) };
        return Task.FromResult(ToolResult.Ok(text.ToString(), ToolText.Json(data)));
    }

    // Rounded down: a hundred means all.
    private static string Share(int part, int whole) => (Math.Floor(1000.0 * part / Math.Max(1, whole)) / 10).ToString("0.0", CultureInfo.InvariantCulture);

    internal sealed record Arguments(
        [Description("The report, relative to the workspace.")] string Path,
        [Description("Only files of the report that this pattern matches.")] string? Files = null,
        [Description("The most files to show."), Range(1, 1000)] int MaxFiles = 30);
}
