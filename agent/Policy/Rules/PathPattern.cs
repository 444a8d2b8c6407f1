using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy.Rules;

/// <summary>
/// A pattern for paths below the repository's root: <c>*</c> and <c>?</c> stay within a name, <c>**</c> crosses directories,
/// <c>**/</c> also stands for none. A pattern that ends with <c>/**</c> does not match the directory itself.
/// </summary>
internal sealed class PathPattern
{
    private readonly Regex exact;
    private readonly Regex anyCase;
    private readonly string prefix;

    public PathPattern(string pattern)
    {
        Pattern = pattern;
        var text = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest.StartsWith("**/"))
            {
                text.Append("(.*/)?");
                i += 2;
            }
            else if (rest.StartsWith("**"))
            {
                text.Append(".*");
                i++;
            }
            else
                text.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
        }
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant;
        exact = new Regex(text.Append("\\z").ToString(), options);
        anyCase = new Regex(text.ToString(), options | RegexOptions.IgnoreCase);
        var first = pattern.AsSpan().IndexOfAny('*', '?');
        prefix = first < 0 ? pattern : pattern[..first];
    }

    public string Pattern { get; }

    /// <summary>The path is known and matches as it is written: what a rule that allows asks for.</summary>
    public bool MatchesExactly(CallPath path) => !path.Unknown && path.Candidates.All(exact.IsMatch);

    /// <summary>
    /// Whether the path may be one that the pattern names, in any case of letters and, for an absolute path, at any depth. A path that is
    /// known only when the call runs counts when its known beginning leads there; one of which nothing is known does not, because the
    /// pattern informs consent and is no boundary.
    /// </summary>
    public Certainty Touches(CallPath path) => path.Candidates.Any(candidate =>
    {
        var gap = candidate.IndexOf(ShellWord.Gap, StringComparison.Ordinal);
        if (gap < 0)
            return Certainties.Of(Ends(candidate).Any(end => anyCase.IsMatch(end)));
        var known = candidate[..gap];
        if (!known.Contains('/', StringComparison.Ordinal) && anyCase.IsMatch(candidate))
            return Certainty.Yes;
        return known.Length > 0 && prefix.Length > 0 && Ends(known).Any(e => e.Length > 0 && Together(e)) ? Certainty.Maybe : Certainty.No;
    });

    private bool Together(string known)
    {
        var length = Math.Min(prefix.Length, known.Length);
        return string.Compare(prefix, 0, known, 0, length, StringComparison.OrdinalIgnoreCase) == 0;
    }

    private static IEnumerable<string> Ends(string candidate)
    {
        yield return candidate;
        if (!candidate.StartsWith('/') && !candidate.StartsWith("../", StringComparison.Ordinal))
            yield break;
        for (var slash = candidate.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = candidate.IndexOf('/', slash + 1))
            yield return candidate[(slash + 1)..];
    }
}
