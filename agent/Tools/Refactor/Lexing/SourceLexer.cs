namespace Navi.Agent.Tools.Refactor;

/// <summary>
/// Splits source text into code, comments and strings. Code inside interpolated strings is code. It knows no grammar; malformed text
/// gives some split, never an error.
/// </summary>
internal sealed class SourceLexer
{
    private static readonly string[] BeforeRegex = ["return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield"];

    // A longer one is taken for a division: each slash of a long line would be looked at to its end.
    private const int LongestRegex = 2_000;

    private readonly string text;
    private readonly LexerRules rules;
    private readonly List<SourceSegment> segments = [];
    private int codeStart;
    private int at;

    private SourceLexer(string text, LexerRules rules)
    {
        this.text = text;
        this.rules = rules;
    }

    public static IReadOnlyList<SourceSegment> Split(string text, LexerRules rules)
    {
        var lexer = new SourceLexer(text, rules);
        lexer.Code(hole: null, singleLine: false, depth: 0);
        return lexer.segments;
    }

    // Reads code until the end, or until the bracket that closes a hole; that bracket is left to the caller.
    private void Code(char? hole, bool singleLine, int depth)
    {
        codeStart = at;
        var open = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (hole is not null)
            {
                if ((c == hole && open == 0) || (singleLine && c == '\n'))
                    break;
                open += c is '{' or '(' or '[' ? 1 : c is '}' or ')' or ']' ? -1 : 0;
            }

            if (Comment() || (depth < 50 && String(depth)) || RegexLiteral())
                continue;
            if (rules.IsIdentifier(c))
                while (at < text.Length && rules.IsIdentifier(text[at]))
                    at++;
            else
                at++;
        }

        Emit(codeStart, at, SegmentKind.Code);
    }

    private bool Comment()
    {
        foreach (var (open, close, nested) in rules.BlockComments)
            if (Here(open))
            {
                EndCode();
                var start = at;
                at += open.Length;
                for (var level = 1; level > 0 && at < text.Length;)
                {
                    level += Here(close) ? -1 : nested && Here(open) ? 1 : 0;
                    at += Here(close) ? close.Length : 1;
                }

                Emit(start, at, SegmentKind.Comment);
                codeStart = at;
                return true;
            }

        if (!rules.LineComments.Any(Here) || (rules.CommentAtWordStart && at > 0 && !char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not (';' or '(' or ')' or '|' or '&')))
            return false;
        EndCode();
        var end = text.IndexOf('\n', at);
        var from = at;
        at = end < 0 ? text.Length : end;
        Emit(from, at, SegmentKind.Comment);
        codeStart = at;
        return true;
    }

    private bool String(int depth)
    {
        if (rules.OpenString(text, at) is not { } opening)
            return false;
        EndCode();
        var form = opening.Form;
        at += opening.Length;
        var start = at;
        var piece = at;
        var holes = false;
        while (at < text.Length && !(Here(form.Close) && !SkipDoubled(form)) && (form.Multiline || text[at] != '\n'))
        {
            if (Hole(form) is { } hole)
            {
                Emit(piece, at, SegmentKind.String);
                at += hole.Open.Length;
                Code(hole.Close, singleLine: !form.Multiline, depth + 1);
                piece = at;
                holes = true;
            }
            else if (InterpolatedName(form) is var length && length > 0)
            {
                Emit(piece, ++at, SegmentKind.String);
                Emit(at, at + length, SegmentKind.Code);
                at += length;
                piece = at;
                holes = true;
            }
            else
                at += form.Backslash && text[at] == '\\' && at + 1 < text.Length && (form.Multiline || text[at + 1] != '\n') ? 2 : 1;
        }

        at = Math.Min(at, text.Length);
        Emit(piece, at, SegmentKind.String, whole: !holes && piece == start);
        if (Here(form.Close))
            at += form.Close.Length;
        codeStart = at;
        return true;
    }

    // A doubled quote stands for itself: step onto its second half, which the loop then passes.
    private bool SkipDoubled(StringForm form)
    {
        if (!form.Doubled || string.CompareOrdinal(text, at + form.Close.Length, form.Close, 0, form.Close.Length) != 0)
            return false;
        at += form.Close.Length;
        return true;
    }

    private (string Open, char Close)? Hole(StringForm form)
    {
        foreach (var hole in form.Holes ?? [])
            if (Here(hole.Open))
            {
                if (hole.Open.Length > 1 || at + 1 >= text.Length || text[at + 1] != hole.Open[0])
                    return hole;
                at++;
                return null;
            }

        return null;
    }

    // Length of the name after "$", or after "{" when "}" or a format follows.
    private int InterpolatedName(StringForm form)
    {
        if (!(form.DollarNames && text[at] == '$') && !(form.BraceNames && text[at] == '{'))
            return 0;
        var end = at + 1;
        while (end < text.Length && rules.IsIdentifier(text[end]))
            end++;
        if (end == at + 1 || char.IsDigit(text[at + 1]))
            return 0;
        return text[at] == '$' || (end < text.Length && text[end] is '}' or ':') ? end - at - 1 : 0;
    }

    private bool RegexLiteral()
    {
        if (!rules.RegexLiterals || text[at] != '/' || !RegexMayStart())
            return false;
        var inClass = false;
        for (var i = at + 1; i < text.Length && i < at + LongestRegex && text[i] != '\n'; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '[')
                inClass = true;
            else if (text[i] == ']')
                inClass = false;
            else if (text[i] == '/' && !inClass)
            {
                EndCode();
                Emit(at + 1, i, SegmentKind.String);
                at = i + 1;
                codeStart = at;
                return true;
            }
        }

        return false;
    }

    // A slash after a value divides; after an operator or such a word it begins an expression.
    private bool RegexMayStart()
    {
        var i = at - 1;
        while (i >= 0 && char.IsWhiteSpace(text[i]))
            i--;
        if (i < 0 || "(,=:[!&|?{};+-*%~^<>".Contains(text[i], StringComparison.Ordinal))
            return true;
        var end = i + 1;
        while (i >= 0 && rules.IsIdentifier(text[i]))
            i--;
        return BeforeRegex.Contains(text[(i + 1)..end], StringComparer.Ordinal);
    }

    private bool Here(string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private void EndCode() => Emit(codeStart, at, SegmentKind.Code);

    private void Emit(int start, int end, SegmentKind kind, bool whole = false)
    {
        if (end > start)
            segments.Add(new(start, end, kind, whole));
    }
}
