using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Code;

namespace Navi.Agent.Quality;

/// <summary>Links and headings of Markdown, told by patterns: code blocks and code spans don't count. Links that HTML makes do, when they are href or src with quotes.</summary>
internal static partial class MarkdownText
{
    public static IReadOnlyList<MarkdownLink> Links(string text)
    {
        var prose = WithoutCode(text);
        var lines = new LineStarts(prose);
        return
        [
            .. Inline().Matches(prose).Concat(Reference().Matches(prose)).Concat(Html().Matches(prose))
                .Select(m => (m.Index, Target: m.Groups["target"].Value.Trim('<', '>')))
                .Where(m => m.Target.Length > 0).OrderBy(m => m.Index)
                .Select(m => new MarkdownLink(lines.Of(m.Index), m.Target)),
        ];
    }

    /// <summary>Anchors that headings make, as GitHub makes them: lower case, punctuation dropped, blanks to hyphens, a number for each repetition; and names that HTML gives.</summary>
    public static IReadOnlySet<string> Anchors(string text)
    {
        var prose = WithoutCode(text, spans: false);
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Heading().Matches(prose).Select(m => m.Groups["text"].Value).Concat(Underlined().Matches(prose).Select(m => m.Groups["text"].Value)))
        {
            var anchor = Anchor(heading);
            for (var (name, i) = (anchor, 1); !anchors.Add(name); i++)
                name = $"{anchor}-{i}";
        }

        anchors.UnionWith(Named().Matches(prose).Select(m => m.Groups["name"].Value));
        return anchors;
    }

    private static string Anchor(string heading)
    {
        var result = new StringBuilder();
        foreach (var c in LinkText().Replace(heading, "${text}").Trim())
            if (char.IsLetterOrDigit(c) || c is '_' or '-')
                result.Append(char.ToLowerInvariant(c));
            else if (c == ' ')
                result.Append('-');
        return result.ToString();
    }

    private static string WithoutCode(string text, bool spans = true)
    {
        var result = new StringBuilder(text.Length);
        string? fence = null;
        foreach (var line in text.Split('\n'))
        {
            var start = line.AsSpan().TrimStart();
            var mark = start.StartsWith("```") ? "```" : start.StartsWith("~~~") ? "~~~" : null;
            var code = fence is not null || mark is not null;
            if (mark is not null && (fence is null || fence == mark))
                fence = fence is null ? mark : null;
            result.Append(code ? "" : spans ? Span().Replace(line, m => new string(' ', m.Length)) : line).Append('\n');
        }

        return result.ToString();
    }

    [GeneratedRegex(@"(`+)[^`\n]+\1")]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\([ \t]*(?<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:[ \t]+[""'(][^\n]*?[""')])?[ \t]*\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*(?<target><[^<>\n]*>|\S+)", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\b(?:href|src)[ \t]*=[ \t]*[""'](?<target>[^""'\n]*)[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Html();

    [GeneratedRegex(@"^[ ]{0,3}#{1,6}[ \t]+(?<text>[^\n]*?)[ \t#]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^(?<text>[^\n#>|\-=][^\n]*?)\r?\n(?:=+|-{2,})[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Underlined();

    [GeneratedRegex(@"\b(?:id|name)[ \t]*=[ \t]*[""'](?<name>[^""'\n]+)[""']", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"!?\[(?<text>[^\]\n]*)\]\([^)\n]*\)")]
    private static partial Regex LinkText();
}
