using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Arguments;

/// <summary>Reads one value of nearly-JSON and writes it as JSON. It stops at the first thing that could mean more than one.</summary>
internal sealed class LenientReader(string text)
{
    private const int Deepest = 60;
    private readonly StringBuilder json = new();
    private readonly SortedSet<string> repairs = new(StringComparer.Ordinal);
    private int at;

    public IReadOnlyCollection<string> Repairs => repairs;

    /// <summary>The text ended before the value did.</summary>
    public bool Cut { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>The value as JSON; null with a <see cref="Problem"/>.</summary>
    public string? Read()
    {
        if (!Value(0))
            return null;
        Blank();
        if (at == text.Length)
            return json.ToString();
        Fail($"text follows the value at character {at + 1}");
        return null;
    }

    private bool Value(int depth)
    {
        Blank();
        if (at == text.Length)
            return Ended("in front of a value");
        if (depth > Deepest)
            return Fail("it is nested too deeply");
        return text[at] switch
        {
            '{' => Members('}', depth),
            '[' => Members(']', depth),
            '"' or '\'' => String(text[at]),
            _ => Word(),
        };
    }

    private bool Members(char close, int depth)
    {
        json.Append(text[at++]);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var count = 0; ; count++)
        {
            Blank();
            if (at == text.Length)
                return Closed(close);
            if (text[at] == close)
                break;
            if (count > 0)
                json.Append(',');
            if (close == '}' && !Name(names))
                return false;
            if (!Value(depth + 1))
                return false;
            Blank();
            if (at == text.Length)
                return Closed(close);
            if (text[at] == ',')
            {
                at++;
                Blank();
                // The end of the text after a comma: more was to come.
                if (at < text.Length && text[at] == close)
                    repairs.Add("trailing_comma");
            }
            else if (text[at] != close)
                return Fail($"',' or '{close}' was expected at character {at + 1}, there is '{text[at]}'");
        }
        at++;
        json.Append(close);
        return true;
    }

    private bool Name(HashSet<string> names)
    {
        var from = json.Length;
        if (text[at] is '"' or '\'')
        {
            if (!String(text[at]))
                return false;
        }
        else
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                at++;
            if (at == start || char.IsAsciiDigit(text[start]))
                return Fail($"a name was expected at character {start + 1}, there is '{text[start]}'");
            repairs.Add("bare_name");
            json.Append('"').Append(text, start, at - start).Append('"');
        }
        if (!names.Add(json.ToString(from, json.Length - from)))
            return Fail($"the name {json.ToString(from, json.Length - from)} is there twice");
        Blank();
        if (at == text.Length)
            return Ended("after a name");
        if (text[at] != ':')
            return Fail($"':' was expected at character {at + 1}, there is '{text[at]}'");
        at++;
        json.Append(':');
        return true;
    }

    private bool String(char quote)
    {
        if (quote == '\'')
            repairs.Add("single_quotes");
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            var c = text[at];
            if (c == quote)
            {
                at++;
                json.Append('"').Append(JsonEncodedText.Encode(value.ToString(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value).Append('"');
                return true;
            }
            if (c == '\\')
            {
                if (!Escape(value))
                    return false;
            }
            else
            {
                if (c < ' ')
                    repairs.Add("raw_line_break");
                value.Append(c);
            }
        }
        return Ended("in the middle of a string");
    }

    private bool Escape(StringBuilder value)
    {
        if (++at == text.Length)
            return Ended("in the middle of a string");
        switch (text[at])
        {
            case '"' or '\\' or '/':
                value.Append(text[at]);
                return true;
            case '\'':
                repairs.Add("escaped_quote");
                value.Append('\'');
                return true;
            case 'n':
                value.Append('\n');
                return true;
            case 't':
                value.Append('\t');
                return true;
            case 'r':
                value.Append('\r');
                return true;
            case 'b':
                value.Append('\b');
                return true;
            case 'f':
                value.Append('\f');
                return true;
            case 'u' when at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                at += 4;
                value.Append((char)code);
                return true;
            default:
                return Fail($"'\\{text[at]}' at character {at} is no escape of JSON");
        }
    }

    private bool Word()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '+' or '-' or '.'))
            at++;
        var word = text[start..at];
        // A word at the very end may have lost its own end.
        if (at == text.Length && word.Length > 0)
            return Ended("in the middle of a value");
        var known = word switch
        {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            _ => word,
        };
        if (known != word)
            repairs.Add("python_literal");
        try
        {
            JsonElement.Parse(known);
        }
        catch (JsonException)
        {
            return Fail(word.Length > 0 ? $"'{BoundedText.Brief(word)}' at character {start + 1} is no value" : $"a value was expected at character {start + 1}, there is '{text[start]}'");
        }
        json.Append(known);
        return true;
    }

    private bool Closed(char close)
    {
        Cut = true;
        repairs.Add("cut");
        json.Append(close);
        return true;
    }

    private void Blank()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private bool Ended(string where)
    {
        Cut = true;
        return Fail($"it breaks off {where}");
    }

    private bool Fail(string problem)
    {
        Problem ??= problem;
        return false;
    }
}
