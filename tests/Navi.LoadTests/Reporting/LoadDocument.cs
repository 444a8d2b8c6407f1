using System.Text.RegularExpressions;

namespace Navi.LoadTests.Reporting;

/// <summary>
/// docs/LOAD_TEST_RESULTS.md: one section for each measurement, each with its own command, date and machine. A run replaces the sections that it measured and leaves the others.
/// </summary>
internal sealed class LoadDocument(string directory)
{
    private const string Name = "LOAD_TEST_RESULTS.md";
    private static readonly string[] Order = ["10", "50", "100", "spike", "throttled", "soak", "unit-costs", "telemetry-cost"];

    /// <summary>Writes a section.</summary>
    /// <param name="section">Name of the scenario or measurement.</param>
    /// <param name="head">Machine and date.</param>
    /// <param name="command">The command that prints the figures.</param>
    /// <param name="text">The figures.</param>
    public void Write(string section, RunHead head, string command, string text)
    {
        var path = Path.Combine(directory, Name);
        var sections = File.Exists(path) ? Read(File.ReadAllText(path)) : [];
        sections[section] = $"{text.TrimEnd()}\n\nPrinted by `{command}` on {head.Described}.\n";
        Directory.CreateDirectory(directory);
        var written = Order.Where(sections.ContainsKey).Select(s => $"<!-- measured: {s} -->\n{sections[s]}<!-- end of {s} -->\n");
        File.WriteAllText(path, $"{LoadDocumentText.Introduction}\n{string.Join('\n', written)}");
    }

    private static Dictionary<string, string> Read(string document) =>
        Regex.Matches(document, @"<!-- measured: (?<name>[a-z0-9-]+) -->\n(?<text>.*?)<!-- end of \k<name> -->", RegexOptions.Singleline).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value);
}
