using System.Text.RegularExpressions;

namespace Navi.Measuring;

/// <summary>
/// A document of measurements: one section for each, with its own command, date and machine. A run replaces the sections that it measured and leaves the others.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="introduction">What stands before the sections; written anew each time.</param>
/// <param name="order">Names of sections in their order; others come after them by name.</param>
internal sealed class SectionedDocument(string path, string introduction, IReadOnlyList<string> order)
{
    /// <summary>Writes a section.</summary>
    /// <param name="section">Its name: lower case letters, digits, hyphens.</param>
    /// <param name="head">Machine and date.</param>
    /// <param name="command">The command that prints the figures.</param>
    /// <param name="text">The figures.</param>
    public void Write(string section, RunHead head, string command, string text)
    {
        var sections = File.Exists(path) ? Read(File.ReadAllText(path)) : [];
        sections[section] = $"{text.TrimEnd()}\n\nPrinted by `{command}` on {head.Described}.\n";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var written = sections.OrderBy(s => Place(s.Key)).ThenBy(s => s.Key, StringComparer.Ordinal)
            .Select(s => $"<!-- measured: {s.Key} -->\n{s.Value}<!-- end of {s.Key} -->\n");
        File.WriteAllText(path, $"{introduction}\n{string.Join('\n', written)}");
    }

    private int Place(string section) => order.Index().Where(o => o.Item == section).Select(o => o.Index).FirstOrDefault(int.MaxValue);

    private static Dictionary<string, string> Read(string document) =>
        Regex.Matches(document, @"<!-- measured: (?<name>[a-z0-9-]+) -->\n(?<text>.*?)<!-- end of \k<name> -->", RegexOptions.Singleline).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["text"].Value);
}
