using System.Globalization;
using System.Text;

namespace Navi.Agent.Policy.Shell;

/// <summary>Reads <c>$'…'</c> (bash reference manual, ANSI-C Quoting).</summary>
internal static class AnsiQuotes
{
    /// <summary>Appends the text up to the closing quote, which is stepped over.</summary>
    public static void Read(ShellCursor cursor, StringBuilder text, ShellFindings findings)
    {
        while (!cursor.End && cursor.Here != '\'')
        {
            if (cursor.Here != '\\')
            {
                text.Append(cursor.Here);
                cursor.At++;
                continue;
            }
            cursor.At++;
            var c = cursor.Here;
            cursor.At++;
            switch (c)
            {
                case 'n': text.Append('\n'); break;
                case 't': text.Append('\t'); break;
                case 'r': text.Append('\r'); break;
                case 'a': text.Append('\a'); break;
                case 'b': text.Append('\b'); break;
                case 'e' or 'E': text.Append('\u001b'); break;
                case 'f': text.Append('\f'); break;
                case 'v': text.Append('\v'); break;
                case '\\' or '\'' or '"' or '?': text.Append(c); break;
                case 'x': Number(cursor, text, findings, 2, hexadecimal: true); break;
                case 'u': Number(cursor, text, findings, 4, hexadecimal: true); break;
                case 'U': Number(cursor, text, findings, 8, hexadecimal: true); break;
                case >= '0' and <= '7':
                    cursor.At--;
                    Number(cursor, text, findings, 3, hexadecimal: false);
                    break;
                default:
                    findings.Refuse("it has an escape that is not understood");
                    break;
            }
        }
        if (!cursor.Takes("'"))
            findings.Refuse("a quote is not closed");
    }

    private static void Number(ShellCursor cursor, StringBuilder text, ShellFindings findings, int most, bool hexadecimal)
    {
        var from = cursor.At;
        while (cursor.At - from < most && (hexadecimal ? char.IsAsciiHexDigit(cursor.Here) : cursor.Here is >= '0' and <= '7'))
            cursor.At++;
        var digits = cursor.Slice(from);
        var value = digits.Length == 0 ? 0 : hexadecimal ? long.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) : Convert.ToInt64(digits, 8);
        // Beyond ASCII the escapes name bytes or depend on the locale; zero ends a string.
        if (value is > 0 and < 128)
            text.Append((char)value);
        else
            findings.Refuse("it has an escape that is not understood");
    }
}
