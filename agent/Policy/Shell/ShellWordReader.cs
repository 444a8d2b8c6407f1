using System.Text;
using System.Text.RegularExpressions;

namespace Navi.Agent.Policy.Shell;

/// <summary>Reads one word: quotes are removed, expansions leave a gap, the commands of substitutions go to the findings.</summary>
internal sealed partial class ShellWordReader(ShellCursor cursor, ShellFindings findings)
{
    private const string Special = "*?#@$!-";
    private readonly StringBuilder text = new();
    private bool splits;
    private bool bare;
    private int unquotedEquals;

    /// <summary>The word that begins here; the cursor ends behind it.</summary>
    public ShellWord Read()
    {
        text.Clear();
        (splits, bare, unquotedEquals) = (false, true, -1);
        var start = cursor.At;
        while (findings.Opaque is null && !cursor.End && ReadPart(start))
        {
        }
        var word = text.ToString();
        var assignment = unquotedEquals > 0 && Name().IsMatch(word.AsSpan(0, unquotedEquals));
        return new ShellWord(word, splits) { Assignment = assignment, Bare = bare };
    }

    /// <summary>The body of a here-document that expands: quotes are plain text there.</summary>
    public static ShellWord ReadBody(string body, ShellFindings findings)
    {
        var reader = new ShellWordReader(new ShellCursor(body), findings);
        reader.ReadQuotedText(closing: null);
        return new ShellWord(reader.text.ToString());
    }

    // False at the end of the word.
    private bool ReadPart(int start)
    {
        var c = cursor.Here;
        switch (c)
        {
            case ' ' or '\t' or '\n' or ';' or '&' or '|' or ')':
                return false;
            case '(':
                findings.Refuse("it defines a function, an array or a pattern list");
                return false;
            case '<' or '>':
                if (cursor.Look(1) != '(' || cursor.At != start)
                    return false;
                cursor.At += 2;
                findings.Nested(() => new ShellListReader(cursor, findings).Read(closing: true));
                text.Append(ShellWord.Gap);
                break;
            case '\'':
                cursor.At++;
                bare = false;
                ReadLiteral();
                break;
            case '"':
                cursor.At++;
                bare = false;
                ReadQuotedText('"');
                break;
            case '\\':
                ReadEscape();
                break;
            case '$':
                ReadDollar(quoted: false);
                break;
            case '`':
                ReadBackquotes(quoted: false);
                break;
            default:
                ReadPlain(c, start);
                break;
        }
        return true;
    }

    private void ReadPlain(char c, int start)
    {
        cursor.At++;
        switch (c)
        {
            case '=' when unquotedEquals < 0 && bare:
                unquotedEquals = text.Length;
                text.Append(c);
                break;
            case '*' or '?':
            case '~' when cursor.At == start + 1:
                text.Append(ShellWord.Gap);
                break;
            case '[' when RestOfWordHas(']'):
                text.Append(ShellWord.Gap);
                SwallowRest();
                break;
            case '{' when RestOfWordHas('}') && (RestOfWordHas(',') || RestOfWordHas('.')):
                text.Append(ShellWord.Gap);
                SwallowRest();
                break;
            default:
                text.Append(c);
                break;
        }
    }

    // Sets and braces stand for several texts: what follows them is read for its substitutions and left out.
    private void SwallowRest()
    {
        var (kept, equals) = (text.Length, unquotedEquals);
        while (findings.Opaque is null && !cursor.End && cursor.Here is not ('<' or '>') && ReadPart(start: -1))
        {
        }
        text.Length = kept;
        unquotedEquals = equals;
    }

    private bool RestOfWordHas(char wanted)
    {
        for (var i = 0; cursor.Look(i) is not (' ' or '\t' or '\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')' or ShellWord.Gap); i++)
        {
            if (cursor.Look(i) == wanted)
                return true;
        }
        return false;
    }

    private void ReadLiteral()
    {
        var from = cursor.At;
        while (!cursor.End && cursor.Here != '\'')
            cursor.At++;
        text.Append(cursor.Slice(from));
        if (!cursor.Takes("'"))
            findings.Refuse("a quote is not closed");
    }

    private void ReadEscape()
    {
        cursor.At++;
        if (cursor.Takes("\n"))
            return;
        bare = false;
        text.Append(cursor.End ? '\\' : cursor.Here);
        if (!cursor.End)
            cursor.At++;
    }

    // Double quotes, and with no closing quote the body of a here-document.
    private void ReadQuotedText(char? closing)
    {
        while (findings.Opaque is null && !cursor.End)
        {
            var c = cursor.Here;
            if (c == closing)
            {
                cursor.At++;
                return;
            }
            if (c == '$')
                ReadDollar(quoted: true);
            else if (c == '`')
                ReadBackquotes(quoted: closing is not null);
            else
            {
                cursor.At++;
                if (c == '\\' && (cursor.Here is '$' or '`' or '\\' or '\n' || (cursor.Here == closing && closing is not null)))
                {
                    if (cursor.Here != '\n')
                        text.Append(cursor.Here);
                    cursor.At++;
                }
                else
                    text.Append(c);
            }
        }
        if (closing is not null && findings.Opaque is null)
            findings.Refuse("a quote is not closed");
    }

    private void ReadDollar(bool quoted)
    {
        cursor.At++;
        var next = cursor.Here;
        if (next == '(')
        {
            if (cursor.Look(1) == '(' && ReadArithmetic())
                return;
            cursor.At++;
            findings.Nested(() => new ShellListReader(cursor, findings).Read(closing: true));
            Gap(quoted);
        }
        else if (next == '{')
            ReadParameter(quoted);
        else if (next == '[')
            findings.Refuse("it has an old form of arithmetic");
        else if (!quoted && next is ('\'' or '"'))
            ReadBashQuotes();
        else if (char.IsAsciiLetter(next) || next == '_')
        {
            while (char.IsAsciiLetterOrDigit(cursor.Here) || cursor.Here == '_')
                cursor.At++;
            Gap(quoted);
        }
        else if (char.IsAsciiDigit(next) || Special.Contains(next))
        {
            cursor.At++;
            // "$@" is several words even in quotes.
            Gap(quoted && next != '@');
        }
        else
            text.Append('$');
    }

    // Bash reads $'…' with escapes and $"…" as a translation; dash reads a dollar and an ordinary quoted text. Both end at the same place
    // unless an escaped quote is inside, and what they mean is left open.
    private void ReadBashQuotes()
    {
        var from = cursor.At;
        var literal = cursor.Here == '\'';
        cursor.At++;
        Gap(quoted: true);
        if (!literal)
        {
            ReadQuotedText('"');
            return;
        }
        ReadLiteral();
        if (cursor.Slice(from).Contains("\\'", StringComparison.Ordinal))
            findings.Refuse("shells differ on where a quote ends");
    }

    private void Gap(bool quoted)
    {
        bare = false;
        splits |= !quoted;
        text.Append(ShellWord.Gap);
    }

    // An expression of numbers has no effect; one with names may run a command through the value of a variable. False, with the cursor where
    // it was, when the parentheses close apart: then they are a subshell in a substitution.
    private bool ReadArithmetic()
    {
        var start = cursor.At;
        cursor.At += 2;
        var from = cursor.At;
        for (var open = 2; !cursor.End && open > 0; cursor.At++)
            open += cursor.Here switch { '(' => 1, ')' => -1, _ => 0 };
        var slice = cursor.Slice(from);
        if (!slice.EndsWith("))", StringComparison.Ordinal))
        {
            cursor.At = start;
            return false;
        }
        var expression = slice[..^2];
        if (expression.AsSpan().ContainsAny("`'\"\\") || expression.Contains("$(", StringComparison.Ordinal) || expression.Contains("${", StringComparison.Ordinal))
            findings.Refuse("it has arithmetic that is not understood");
        else if (expression.Any(c => char.IsLetter(c) || c is '_' or '$' or '['))
            findings.Add("let", new ShellWord(expression.Trim()));
        Gap(quoted: true);
        return true;
    }

    private void ReadParameter(bool quoted)
    {
        var from = ++cursor.At;
        var depth = 1;
        for (; !cursor.End; cursor.At++)
        {
            depth += cursor.Here switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                break;
        }
        var inner = cursor.Slice(from);
        if (cursor.End || !Parameter().IsMatch(inner))
            findings.Refuse("it has a parameter expansion that is not understood");
        cursor.At++;
        Gap(quoted && !inner.Contains('@', StringComparison.Ordinal));
    }

    private void ReadBackquotes(bool quoted)
    {
        cursor.At++;
        var inner = new StringBuilder();
        while (!cursor.End && cursor.Here != '`')
        {
            if (cursor.Here == '\\' && (cursor.Look(1) is '`' or '\\' or '$' || (quoted && cursor.Look(1) == '"')))
                cursor.At++;
            inner.Append(cursor.Here);
            cursor.At++;
        }
        if (!cursor.Takes("`"))
            findings.Refuse("a backquote is not closed");
        else
            ShellCommandParser.Read(inner.ToString(), findings);
        Gap(quoted);
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\+?$")]
    private static partial Regex Name();

    // A name, with a default, an alternative, a removed or replaced pattern or a change of case, none of which holds anything that expands.
    [GeneratedRegex(@"^[#!]?([A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])(\[([@*]|[0-9]+)\])?(:?[-+?][^$`\\'""{}]*|[#%]{1,2}[^$`\\'""{}]*|/[^$`\\'""{}]*|\^{1,2}|,{1,2})?$")]
    private static partial Regex Parameter();
}
