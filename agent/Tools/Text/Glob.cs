using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Agent.Tools;

/// <summary>
/// A path pattern: <c>*</c> and <c>?</c> within a part, <c>**</c> across parts, <c>[a-z]</c>, <c>{a,b}</c>. Without a '/' it matches the
/// name at any depth; with one it starts at the root. A trailing '/' means everything below.
/// </summary>
internal sealed class Glob
{
    private readonly Regex regex;

    public Glob(string pattern)
    {
        var text = pattern.StartsWith("./", StringComparison.Ordinal) ? pattern[2..] : pattern.TrimStart('/');
        if (text.Length is 0 or > 1000)
            throw new PathRefusedException($"'{BoundedText.Brief(pattern)}' is not a file pattern; give one like *.py or src/**/*.ts.");
        if (text.EndsWith('/'))
            text += "**";
        var anchored = pattern.StartsWith('/') || text.Contains('/', StringComparison.Ordinal);
        try
        {
            regex = new Regex((anchored ? "^" : "^(?:.*/)?") + Translate(text) + "$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (ArgumentException)
        {
            throw new PathRefusedException($"'{BoundedText.Brief(pattern)}' is not a valid file pattern; check its brackets.");
        }
    }

    public bool Matches(string path) => regex.IsMatch(path);

    private static string Translate(string text)
    {
        var result = new StringBuilder();
        var braces = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (text.AsSpan(i).StartsWith("**/"))
            {
                result.Append("(?:.*/)?");
                i += 2;
            }
            else if (text.AsSpan(i).StartsWith("**"))
            {
                result.Append(".*");
                i++;
            }
            else if (c == '[' && text.IndexOf(']', i + 1) is > 0 and var end)
            {
                var set = text[(i + 1)..end].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
                result.Append('[').Append(set.StartsWith('!') ? "^" + set[1..] : set).Append(']');
                i = end;
            }
            else
            {
                braces += c == '{' ? 1 : c == '}' && braces > 0 ? -1 : 0;
                result.Append(c switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    '{' => "(?:",
                    '}' => ")",
                    ',' when braces > 0 => "|",
                    _ => Regex.Escape(c.ToString()),
                });
            }
        }

        return result.ToString();
    }
}
