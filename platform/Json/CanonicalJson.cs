using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Navi.Platform.Json;

/// <summary>
/// Canonical JSON and its digest after RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16 code units, no white space,
/// shortest escapes, numbers as ECMAScript prints them. Two documents that mean the same have the same bytes.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of <paramref name="node"/>.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Append(text, node);
        return text.ToString();
    }

    /// <summary>SHA-256 of the canonical text in UTF-8, 64 lower-case hexadecimal digits.</summary>
    public static string Digest(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(node))));

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                var between = '{';
                foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    text.Append(between);
                    AppendString(text, name);
                    text.Append(':');
                    Append(text, value);
                    between = ',';
                }
                text.Append(between == '{' ? "{}" : "}");
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Append(text, items[i]);
                }
                text.Append(']');
                break;
            default:
                AppendValue(text, node);
                break;
        }
    }

    private static void AppendValue(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                AppendString(text, node.GetValue<string>());
                break;
            case JsonValueKind.Number:
                AppendNumber(text, double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture));
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    // ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20): plain digits from 1e-6 up to below 1e21, else an exponent with its sign.
    private static void AppendNumber(StringBuilder text, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"The number {value} has no JSON form.");
        if (value == 0)
        {
            text.Append('0');
            return;
        }
        var (digits, exponent) = Decompose(value.ToString("R", CultureInfo.InvariantCulture));
        if (value < 0)
            text.Append('-');
        if (exponent is > 0 and <= 21)
            text.Append(digits.Length <= exponent ? digits.PadRight(exponent, '0') : digits[..exponent] + "." + digits[exponent..]);
        else if (exponent is > -6 and <= 0)
            text.Append("0.").Append('0', -exponent).Append(digits);
        else
            text.Append(digits[0]).Append(digits.Length > 1 ? "." + digits[1..] : "").Append('e').Append(exponent > 0 ? "+" : "").Append(exponent - 1);
    }

    // "-12.5E-7" becomes digits "125" and the place of the point counted from their left.
    private static (string Digits, int Exponent) Decompose(string text)
    {
        text = text.TrimStart('-');
        var mark = text.IndexOf('E', StringComparison.Ordinal);
        var power = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], CultureInfo.InvariantCulture);
        var mantissa = mark < 0 ? text : text[..mark];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), whole - leading + power);
    }

    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }
}
