using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Navi.Agent.Projects;

namespace Navi.Agent.Reports;

/// <summary>Reads line coverage: Cobertura and JaCoCo XML, and LCOV's info files (lcov's geninfo manual page). A file that a report has several times is added up.</summary>
internal static class CoverageReports
{
    /// <summary>The report's files by path, and the format's name.</summary>
    /// <exception cref="FormatException">It is none of them; the message says why.</exception>
    public static (string Format, IReadOnlyList<FileCoverage> Files) Read(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("<"))
            return text.Contains("\nend_of_record", StringComparison.Ordinal)
                ? ("LCOV", Merge(Lcov(text)))
                : throw new FormatException("it is neither XML nor LCOV");
        XElement root;
        try
        {
            root = ManifestXml.Load(WithoutDocumentType(text)).Root!;
        }
        catch (XmlException e)
        {
            throw new FormatException($"it is not whole XML: {e.Message}", e);
        }

        return root.Name.LocalName switch
        {
            "coverage" => ("Cobertura", Merge(Cobertura(root))),
            "report" => ("JaCoCo", Merge(Jacoco(root))),
            var other => throw new FormatException($"its root is <{other}>; known are <coverage> (Cobertura) and <report> (JaCoCo)"),
        };
    }

    // Both formats name one, and neither needs it to be read.
    private static string WithoutDocumentType(string text)
    {
        var start = text.IndexOf("<!DOCTYPE", StringComparison.Ordinal);
        if (start < 0 || start > 1000)
            return text;
        var end = text.IndexOf('>', start);
        return end < 0 || text.AsSpan(start, end - start).Contains('[') ? text : text.Remove(start, end - start + 1);
    }

    private static IEnumerable<(string Path, int Line, long Hits)> Cobertura(XElement root) =>
        from type in root.Descendants()
        where type.Name.LocalName == "class"
        let path = type.Attribute("filename")?.Value.Replace('\\', '/')
        where path is not null
        from list in type.Elements()
        where list.Name.LocalName == "lines"
        from line in list.Elements()
        select (path, (int)Number(line.Attribute("number")), Number(line.Attribute("hits")));

    private static IEnumerable<(string Path, int Line, long Hits)> Jacoco(XElement root) =>
        from file in root.Descendants()
        where file.Name.LocalName == "sourcefile"
        let package = file.Parent?.Attribute("name")?.Value
        let path = string.IsNullOrEmpty(package) ? file.Attribute("name")?.Value ?? "" : $"{package}/{file.Attribute("name")?.Value}"
        from line in file.Elements()
        where line.Name.LocalName == "line"
        select (path, (int)Number(line.Attribute("nr")), Number(line.Attribute("ci")));

    private static IEnumerable<(string Path, int Line, long Hits)> Lcov(string text)
    {
        string? path = null;
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd('\r');
            if (line.StartsWith("SF:", StringComparison.Ordinal))
                path = line[3..];
            else if (line == "end_of_record")
                path = null;
            else if (path is not null && line.StartsWith("DA:", StringComparison.Ordinal) && line[3..].Split(',') is [var number, var hits, ..]
                && int.TryParse(number, CultureInfo.InvariantCulture, out var at) && double.TryParse(hits, CultureInfo.InvariantCulture, out var count))
                yield return (path, at, (long)Math.Clamp(count, 0, int.MaxValue));
        }
    }

    private static IReadOnlyList<FileCoverage> Merge(IEnumerable<(string Path, int Line, long Hits)> lines) =>
    [
        .. lines.Where(l => l.Line > 0).GroupBy(l => l.Path, StringComparer.Ordinal)
            .Select(f => new FileCoverage(f.Key, f.GroupBy(l => l.Line).ToDictionary(l => l.Key, l => l.Sum(x => x.Hits))))
            .OrderBy(f => f.Path, StringComparer.Ordinal),
    ];

    private static long Number(XAttribute? attribute) => long.TryParse(attribute?.Value, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 0, int.MaxValue) : 0;
}
