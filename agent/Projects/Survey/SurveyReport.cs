using System.Globalization;
using System.Text;

namespace Navi.Agent.Projects;

/// <summary>The Markdown of a survey. A pure function of the facts: whoever recomputes them can compare the report byte for byte.</summary>
internal static class SurveyReport
{
    private const int MarkersShown = 100;
    private const int TestsShown = 50;

    public static string Render(SurveyFacts facts)
    {
        var text = new StringBuilder("# Survey of the repository\n\n");
        Line(text, $"{Count(facts.Files, "file")}, {facts.Lines} lines of text, {facts.Bytes} bytes. Ignored files are not counted.\n");
        Table(text, "Languages", "language | files | lines | bytes", "--- | ---: | ---: | ---:", facts.Languages.Select(l => $"{l.Name} | {l.Files} | {l.Lines} | {l.Bytes}"), "No files.");
        Table(text, "Projects", "kind | directory | build | tests", "--- | --- | --- | ---",
            facts.Projects.Select(p => $"{p.Kind} | {Code(p.Directory)} | {Code(p.Build)} | {Code(p.Test)}"), "No project file of a known kind was found.");
        List(text, "Entry points", facts.EntryPoints.Select(e => $"{Code(e.Path)} ({e.Reason})"), "None was found.");
        Section(text, "Dependencies");
        if (facts.Dependencies.Count == 0)
            Line(text, "No manifest names any.\n");
        foreach (var manifest in facts.Dependencies)
        {
            Line(text, $"{Code(manifest.Manifest)} names {manifest.Packages.Count}:\n");
            foreach (var package in manifest.Packages)
                Line(text, $"- {Code(package)}");
            text.Append('\n');
        }

        List(text, "Tests", facts.TestFiles.Take(TestsShown).Select(p => Code(p)), "No test files were found.", facts.TestFiles.Count, TestsShown);
        Table(text, "Largest files", "file | bytes | lines", "--- | ---: | ---:", facts.LargeFiles.Select(f => $"{Code(f.Path)} | {f.Bytes} | {f.Lines?.ToString(CultureInfo.InvariantCulture) ?? "binary"}"), "No files.");
        Section(text, "Open markers");
        if (facts.Markers.Count == 0)
            Line(text, "No TODO, FIXME, HACK or XXX was found.\n");
        else
            Line(text, $"{string.Join(", ", facts.Markers.GroupBy(m => m.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}: {g.Count()}"))}.\n");
        foreach (var marker in facts.Markers.Take(MarkersShown))
            Line(text, $"- {Code($"{marker.Path}:{marker.Line}")} {Code(marker.Text)}");
        if (facts.Markers.Count > MarkersShown)
            Line(text, $"- and {facts.Markers.Count - MarkersShown} more");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder text, string title, string header, string align, IEnumerable<string> rows, string empty)
    {
        Section(text, title);
        var list = rows.ToList();
        if (list.Count == 0)
        {
            Line(text, empty + "\n");
            return;
        }

        foreach (var row in list.Prepend(align).Prepend(header))
            Line(text, $"| {row} |");
        text.Append('\n');
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> items, string empty, int total = 0, int shown = 0)
    {
        Section(text, title);
        var list = items.ToList();
        if (list.Count == 0)
            Line(text, empty);
        else if (total > 0)
            Line(text, $"{Count(total, "test file")}:\n");
        foreach (var item in list)
            Line(text, "- " + item);
        if (total > shown)
            Line(text, $"- and {total - shown} more");
        text.Append('\n');
    }

    private static void Section(StringBuilder text, string title) => Line(text, $"## {title}\n");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    // Text of the repository is shown as code: it must not become markup of the report.
    private static string Code(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return "none";
        var shown = string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)).Replace("|", "\\|", StringComparison.Ordinal);
        var fence = shown.Contains('`', StringComparison.Ordinal) ? "``" : "`";
        return shown.Contains('`', StringComparison.Ordinal) ? $"{fence} {shown.Replace("``", "` `", StringComparison.Ordinal)} {fence}" : $"{fence}{shown}{fence}";
    }
}
