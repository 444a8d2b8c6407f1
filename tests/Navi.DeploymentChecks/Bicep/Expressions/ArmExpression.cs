using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Bicep.Expressions;

/// <summary>
/// A value that the compiler could not work out to the end because part of it is known only after deployment, such as an identity's client id: worked out with a value of that kind in its place.
/// The language is that of ARM templates (template expressions); of its functions those are known that join texts and objects.
/// </summary>
internal sealed class ArmExpression
{
    private readonly string text;
    private readonly KnownLater later;
    private int at;

    private ArmExpression(string text, KnownLater later) => (this.text, this.later) = (text, later);

    /// <summary>The value; text that is no expression is its own value.</summary>
    /// <param name="value">As the plan has it.</param>
    /// <param name="later">Values of what is known only after deployment.</param>
    /// <exception cref="FormatException">It is written wrongly, or uses a function that is not known here.</exception>
    public static JsonNode? Evaluate(JsonNode? value, KnownLater later)
    {
        switch (value)
        {
            case JsonObject o:
                return new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value, later))));
            case JsonValue v when v.TryGetValue<string>(out var s) && s.StartsWith('[') && s.EndsWith(']') && !s.StartsWith("[[", StringComparison.Ordinal):
                var expression = new ArmExpression(s[1..^1], later);
                var result = expression.Value();
                return expression.at == expression.text.Length ? later.Settle(result)?.DeepClone() : throw expression.Wrong("an operator that is not known here");
            default:
                return value?.DeepClone();
        }
    }

    private JsonNode? Value()
    {
        Skip();
        var value = Primary();
        while (at < text.Length && text[at] is '.' or '[')
        {
            if (text[at++] == '.')
            {
                value = Member(value, Name());
                continue;
            }
            var index = Value();
            Expect(']');
            value = index is JsonValue i && i.TryGetValue<long>(out var number) && value is JsonArray list ? list[(int)number] : Member(value, index?.ToString() ?? "");
        }
        Skip();
        return value;
    }

    private JsonNode? Primary()
    {
        if (at >= text.Length)
            throw Wrong("the end");
        if (text[at] == '\'')
            return Quoted();
        if (char.IsDigit(text[at]) || text[at] == '-')
            return Number();
        var name = Name();
        if (at >= text.Length || text[at] != '(')
            throw Wrong($"'{name}' without arguments");
        at++;
        var arguments = new List<JsonNode?>();
        Skip();
        while (text[at] != ')')
        {
            arguments.Add(Value()?.DeepClone());
            Skip();
            if (text[at] == ',')
                at++;
            Skip();
        }
        at++;
        return Call(name, arguments);
    }

    private JsonNode? Call(string name, List<JsonNode?> a) => name.ToLowerInvariant() switch
    {
        "format" => string.Format(CultureInfo.InvariantCulture, Text(a[0]), [.. a.Skip(1).Select(Text)]),
        "concat" => string.Concat(a.Select(Text)),
        "string" => Text(a[0]),
        "coalesce" => a.FirstOrDefault(v => v is not null),
        "createobject" => new JsonObject(a.Chunk(2).Select(p => KeyValuePair.Create(Text(p[0]), p[1]?.DeepClone()))),
        "createarray" => new JsonArray([.. a.Select(n => n?.DeepClone())]),
        "union" => new JsonObject(a.SelectMany(o => o!.AsObject()).GroupBy(p => p.Key).Select(g => KeyValuePair.Create(g.Key, g.Last().Value?.DeepClone()))),
        "if" => Text(a[0]).Equals("true", StringComparison.OrdinalIgnoreCase) ? a[1] : a[2],
        "true" => true,
        "false" => false,
        "null" => null,
        // What these give is known to Azure alone.
        "reference" or "environment" or "tenant" => KnownLater.Named(""),
        _ => throw Wrong($"the function {name}, which is not known here"),
    };

    private static JsonNode? Member(JsonNode? value, string name) => KnownLater.IsOne(value) ? KnownLater.Named(value!, name) : value?[name];

    private string Text(JsonNode? value) => later.Settle(value)?.ToString() ?? "";

    // A quote inside a text is doubled.
    private string Quoted()
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '\'')
                value.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '\'')
                value.Append(text[at++]);
            else
            {
                at++;
                return value.ToString();
            }
        }
        throw Wrong("a text that does not end");
    }

    private long Number()
    {
        var start = at++;
        while (at < text.Length && char.IsDigit(text[at]))
            at++;
        return long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture);
    }

    private string Name()
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$'))
            at++;
        return at > start ? text[start..at] : throw Wrong("something other than a name");
    }

    private void Expect(char expected)
    {
        if (at >= text.Length || text[at++] != expected)
            throw Wrong($"something other than '{expected}'");
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private FormatException Wrong(string what) => new($"The expression [{text}] has {what} at {at}.");
}
