using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy.Rules;

/// <summary>A pattern for names and arguments: <c>*</c> stands for any text, <c>?</c> for one character.</summary>
internal sealed class Wildcard
{
    private readonly Regex exact;
    private readonly Regex anyCase;
    private readonly string prefix;
    private readonly string suffix;

    public Wildcard(string pattern)
    {
        Pattern = pattern;
        var text = new StringBuilder("^");
        foreach (var c in pattern)
            text.Append(c switch { '*' => ".*", '?' => $"[^{ShellWord.Gap}]", _ => Regex.Escape(c.ToString()) });
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant;
        exact = new Regex(text.Append("\\z").ToString(), options);
        anyCase = new Regex(text.ToString(), options | RegexOptions.IgnoreCase);
        var first = pattern.AsSpan().IndexOfAny('*', '?');
        prefix = first < 0 ? pattern : pattern[..first];
        suffix = first < 0 ? pattern : pattern[(pattern.AsSpan().LastIndexOfAny('*', '?') + 1)..];
    }

    public string Pattern { get; }

    public bool Matches(string text, bool ignoreCase = false) => (ignoreCase ? anyCase : exact).IsMatch(text);

    /// <summary>
    /// Whether the word that the shell makes of <paramref name="word"/> matches. Only <c>*</c> covers a part that is not known, so a match
    /// holds whatever that part becomes; words that may be split into several are matched only by <c>*</c> alone.
    /// </summary>
    public Certainty Match(ShellWord word)
    {
        if (Pattern == "*")
            return Certainty.Yes;
        if (!word.Splits && Matches(word.Text))
            return Certainty.Yes;
        if (!word.Unknown)
            return Certainty.No;
        return Certainties.Of(word.Splits || (Compatible(prefix, word.Prefix, fromStart: true) && Compatible(suffix, word.Suffix, fromStart: false))) == Certainty.Yes
            ? Certainty.Maybe
            : Certainty.No;
    }

    private static bool Compatible(string left, string right, bool fromStart)
    {
        var length = Math.Min(left.Length, right.Length);
        return fromStart
            ? string.CompareOrdinal(left, 0, right, 0, length) == 0
            : string.CompareOrdinal(left, left.Length - length, right, right.Length - length, length) == 0;
    }
}
