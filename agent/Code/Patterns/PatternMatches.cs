using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Navi.Agent.Code;

/// <summary>Finds where the rules of a language match, within bounds of number and time.</summary>
internal static class PatternMatches
{
    private const int Most = 200_000;
    private const int LongestName = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>By name's place, then by rule.</summary>
    /// <exception cref="RegexMatchTimeoutException">The file has too many matches or takes too long.</exception>
    public static List<PatternMatch> Of(PatternLanguage language, string skeleton)
    {
        var started = Stopwatch.GetTimestamp();
        var found = new List<PatternMatch>();
        for (var rule = 0; rule < language.Rules.Count; rule++)
            for (var match = language.Rules[rule].Expression.Match(skeleton); match.Success; match = match.NextMatch())
            {
                if (found.Count >= Most || Stopwatch.GetElapsedTime(started) > Longest)
                    throw new RegexMatchTimeoutException();
                var (name, owner) = (match.Groups["name"], match.Groups["owner"]);
                if (name.Success && name.Length <= LongestName && owner.Length <= LongestName && !language.NoNames.Contains(name.Value))
                    found.Add(new(rule, match.Index, name.Index, name.Length, owner.Success ? owner.Index : -1, owner.Length));
            }

        found.Sort((a, b) => a.Name != b.Name ? a.Name.CompareTo(b.Name) : a.Rule.CompareTo(b.Rule));
        return found;
    }
}
