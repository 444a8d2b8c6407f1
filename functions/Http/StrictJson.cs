using System.Text.Json;

namespace Navi.Functions.Http;

/// <summary>What the serializer lets pass: members that an object has twice (RFC 8259, 4, leaves open which of them counts) and depth without use.</summary>
internal static class StrictJson
{
    /// <summary>Deepest nesting accepted; no body needs half of it.</summary>
    public const int Depth = 32;

    /// <summary>The first member that its object has twice, as a path such as <c>outer.inner</c>; null when there is none.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="JsonException">It is no JSON, or deeper than <see cref="Depth"/>.</exception>
    public static string? DuplicateIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        var open = new Stack<(HashSet<string> Members, string Name)>();
        var name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(([], name));
                    name = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    name = "";
                    break;
                case JsonTokenType.PropertyName:
                    name = Name(ref reader);
                    // The path is made for the one that is at fault alone: long names around many short ones would cost their product.
                    if (!open.Peek().Members.Add(name))
                        return string.Join('.', open.Reverse().Select(o => o.Name).Append(name).Where(n => n.Length > 0));
                    break;
                default:
                    break;
            }
        }
        return null;
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("The name of a member has half of a surrogate pair.", e);
        }
    }
}
