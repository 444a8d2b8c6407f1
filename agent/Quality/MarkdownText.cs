using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Code;

namespace Navi.Agent.Quality;

/// <summary>Links and headings of Markdown, told by patterns: code blocks and code spans don't count. Links that HTML makes do, when they are href or src with quotes.</summary>
internal static class MarkdownText
{
    private static readonly Regex Inline = Form(@"\]\([ \t]*(?<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)(?:[ \t]+[""'(][^\n]*?[""')])?[ \t]*\)");
    private static readonly Regex Reference = Form(@"^[ ]{0,3}\[[^\]\n]+\]:[ \t]*(?<target><[^<>\n]*>|\S+)");
    private static readonly Regex Html = Form(@"\b(?:href|src)[ \t]*=[ \t]*[""'](?<target>[^""'\n]*)[""']");
    private static readonly Regex Heading = Form(@"^[ ]{0,3}#{1,6}[ \t]+(?<text>[^\n]*?)[ \t#]*\r?$");
    private static readonly Regex Underlined = Form(@"^(?<text>[^\n#>|\-=][^\n]*?)\r?\n(?:=+|-{2,})[ \t]*\r?$");
    private static readonly Regex Named = Form(@"\b(?:id|name)[ \t]*=[ \t]*[""'](?<name>[^""'\n]+)[""']");
    private static readonly Regex LinkText = Form(@"!?\[(?<text>[^\]\n]*)\]\([^)\n]*\)");

    public static IReadOnlyList<MarkdownLink> Links(string text)
    {
        var prose = WithoutCode(text, spans: true);
        var lines = new LineStarts(prose);
        return
        [
            .. Inline.Matches(prose).Concat(Reference.Matches(prose)).Concat(Html.Matches(prose))
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
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in Heading.Matches(prose).Concat(Underlined.Matches(prose)).OrderBy(m => m.Index).Select(m => m.Groups["text"].Value))
        {
            var anchor = Anchor(heading);
            var times = seen[anchor] = seen.GetValueOrDefault(anchor, -1) + 1;
            anchors.Add(times == 0 ? anchor : $"{anchor}-{times}");
        }

        anchors.UnionWith(Named.Matches(prose).Select(m => m.Groups["name"].Value));
        return anchors;
    }

    private static string Anchor(string heading)
    {
        var result = new StringBuilder();
        foreach (var c in LinkText.Replace(heading, "${text}").Trim())
            if (char.IsLetterOrDigit(c) || c is '_' or '-')
                result.Append(char.ToLowerInvariant(c));
            else if (c == ' ')
                result.Append('-');
        return result.ToString();
    }

    // A fence is closed by as many marks, or more, alone on their line (CommonMark 0.31, 4.5).
    private static string WithoutCode(string text, bool spans)
    {
        var result = new StringBuilder(text.Length);
        var (mark, length) = ('\0', 0);
        foreach (var line in text.Split('\n'))
        {
            var start = line.AsSpan().TrimStart(' ').TrimEnd();
            var marks = start.Length > 0 && start[0] is '`' or '~' ? start.Length - start.TrimStart(start[0]).Length : 0;
            var fence = marks >= 3 && (mark == '\0' ? start[0] == '~' || !start[marks..].Contains('`') : start[0] == mark && marks >= length && marks == start.Length);
            var code = fence || mark != '\0';
            if (fence)
                (mark, length) = mark == '\0' ? (start[0], marks) : ('\0', 0);
            result.Append(code ? "" : spans ? CodeSpans.Blank(line) : line).Append('\n');
        }

        return result.ToString();
    }

    private static Regex Form(string expression) => new(expression, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
}
