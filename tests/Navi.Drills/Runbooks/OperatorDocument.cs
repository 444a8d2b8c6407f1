using System.Text.RegularExpressions;
using Navi.Testing;

namespace Navi.Drills.Runbooks;

/// <summary>A document for operators: a runbook, the playbook of whoever is on call, the response to incidents.</summary>
internal sealed partial record OperatorDocument(string Path, string Title, IReadOnlyList<DocumentSection> Sections)
{
    /// <summary>The folder of the runbooks in the source tree.</summary>
    public const string Runbooks = "docs/runbooks";

    /// <summary>The sections of a runbook, in this order.</summary>
    public static IReadOnlyList<string> Parts { get; } = ["Meaning", "Impact", Diagnosis, "Mitigation", Verification, "Prevention"];

    /// <summary>The section whose commands only look.</summary>
    public const string Diagnosis = "Diagnosis";

    /// <summary>The section whose commands are repeated until they show what they must.</summary>
    public const string Verification = "Verification";

    /// <summary>Every block of commands.</summary>
    public IEnumerable<CommandBlock> Blocks => Sections.SelectMany(s => s.Blocks);

    /// <summary>Every document whose commands are run.</summary>
    public static IReadOnlyList<OperatorDocument> All { get; } =
        [Read("docs/ONCALL_PLAYBOOK.md"), Read("docs/INCIDENT_RESPONSE.md"), .. Directory.EnumerateFiles(System.IO.Path.Combine(SourceTree.Root, Runbooks), "*.md").Order(StringComparer.Ordinal).Select(f => Read($"{Runbooks}/{System.IO.Path.GetFileName(f)}"))];

    /// <summary>The runbook of this name, without folder and ending.</summary>
    public static OperatorDocument Runbook(string name) => Read($"{Runbooks}/{name}.md");

    /// <summary>Reads a document of the source tree.</summary>
    public static OperatorDocument Read(string path) => Parse(path, File.ReadAllText(System.IO.Path.Combine(SourceTree.Root, path)));

    /// <summary>Takes a document's text apart.</summary>
    public static OperatorDocument Parse(string path, string text)
    {
        var headings = Heading().Matches(text).Where(h => !InFence(text, h.Index)).ToList();
        var sections = headings.Select((h, i) =>
        {
            var end = i + 1 < headings.Count ? headings[i + 1].Index : text.Length;
            return new DocumentSection(h.Groups["title"].Value.Trim(), [.. Block().Matches(text[..end], h.Index).Select(b => new CommandBlock(
                path, h.Groups["title"].Value.Trim(), text[..b.Index].Count(c => c == '\n') + 1, b.Groups["commands"].Value, b.Groups["expected"] is { Success: true } e ? e.Value : null))]);
        }).ToList();
        return new OperatorDocument(path, TitleLine().Match(text).Groups["title"].Value.Trim(), sections);
    }

    /// <summary>The section of this heading.</summary>
    public DocumentSection Section(string title) => Sections.Single(s => s.Title == title);

    private static bool InFence(string text, int index) => Fence().Count(text[..index]) % 2 == 1;

    [GeneratedRegex(@"^# (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"^## (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```\n(\n?```text\n(?<expected>.*?)^```)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
