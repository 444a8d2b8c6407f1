namespace Navi.Agent.Tools.Refactor;

/// <summary>The lexical shape of a language: enough to tell code, comments and strings apart.</summary>
/// <param name="LineComments">What begins a comment that ends with the line.</param>
/// <param name="BlockComments">Opening, closing, and whether they nest.</param>
/// <param name="OpenString">The literal that begins at a position and the length of its opening; null when none does.</param>
/// <param name="IdentifierExtra">Characters of identifiers besides letters, digits and '_'.</param>
/// <param name="RegexLiterals">Slashes may enclose a regular expression, as in JavaScript.</param>
/// <param name="CommentAtWordStart">A line comment begins only at the start of a word, as in a shell.</param>
internal sealed record LexerRules(
    IReadOnlyList<string> LineComments,
    IReadOnlyList<(string Open, string Close, bool Nested)> BlockComments,
    Func<string, int, (StringForm Form, int Length)?> OpenString,
    string IdentifierExtra = "",
    bool RegexLiterals = false,
    bool CommentAtWordStart = false)
{
    public bool IsIdentifier(char c) => char.IsLetterOrDigit(c) || c == '_' || IdentifierExtra.Contains(c, StringComparison.Ordinal);
}
