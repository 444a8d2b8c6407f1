using System.Text.RegularExpressions;

namespace Navi.Platform.Data.Expansion;

/// <summary>Takes SQL apart into statements of tokens, by the lexical rules of PostgreSQL (manual, 4.1). Comments are left out.</summary>
internal static partial class SqlScript
{
    /// <summary>The statements; empty ones are left out.</summary>
    /// <exception cref="FormatException">Something that this does not read: a quoted text without an end, an escape string, a nested comment.</exception>
    public static IReadOnlyList<IReadOnlyList<SqlToken>> Read(string sql)
    {
        var statements = new List<IReadOnlyList<SqlToken>>();
        var current = new List<SqlToken>();
        for (var at = 0; at < sql.Length;)
        {
            var match = Piece().Match(sql, at);
            if (!match.Success || match.Index != at)
                throw new FormatException($"SQL can't be read from '{sql[at..Math.Min(at + 30, sql.Length)]}'.");
            at += match.Length;
            if (match.Groups["space"].Success)
                continue;
            if (match.Value == ";")
            {
                Keep();
                continue;
            }
            current.Add(Token(match));
        }
        Keep();
        return statements;

        void Keep()
        {
            if (current.Count > 0)
                statements.Add(current);
            current = [];
        }
    }

    private static SqlToken Token(Match match)
    {
        if (match.Groups["word"] is { Success: true } word)
            return new(SqlTokenKind.Word, word.Value.ToLowerInvariant());
        if (match.Groups["name"] is { Success: true } name)
            return new(SqlTokenKind.Word, name.Value.Replace("\"\"", "\"", StringComparison.Ordinal));
        if (match.Groups["text"] is { Success: true } text)
            return new(SqlTokenKind.Text, text.Value.Replace("''", "'", StringComparison.Ordinal));
        if (match.Groups["dollar"] is { Success: true } dollar)
            return new(SqlTokenKind.Text, dollar.Value);
        return match.Groups["number"].Success ? new(SqlTokenKind.Number, match.Value) : new(SqlTokenKind.Symbol, match.Value);
    }

    // A string with a prefix (E'', U&'') and a comment inside a comment are read by no rule: they make the whole script unreadable.
    [GeneratedRegex(
        """
        (?<space>\s+|--[^\n]*|/\*((?!/\*|\*/)[\s\S])*\*/)
        |\$(?<tag>[A-Za-z_]*)\$(?<dollar>[\s\S]*?)\$\k<tag>\$
        |(?<word>[A-Za-z_][A-Za-z0-9_$]*)(?!['&A-Za-z0-9_$])
        |"(?<name>([^"]|"")+)"
        |'(?<text>([^']|'')*)'(?!')
        |(?<number>[0-9][0-9.]*)
        |(?!/\*)[^\s'"$A-Za-z_0-9]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Piece();
}
