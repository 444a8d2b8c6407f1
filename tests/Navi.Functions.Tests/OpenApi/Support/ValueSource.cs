using System.Text.Json;
using System.Text.Json.Nodes;

namespace Navi.Functions.Tests.OpenApi.Support;

/// <summary>Makes values that fit a schema, lie at its edges, or do not fit it at all; the same for the same seed.</summary>
internal sealed class ValueSource(int seed, IReadOnlyList<string> ids)
{
    private static readonly string[] Nasty =
    [
        "", " ", "0", "-1", "null", "true", "%00", "\u0000", "\ufeff", "'; DROP TABLE navi.tasks; --", "../../../etc/hostname", "{{7*7}}", "<script>", "ünïcödé 🚀", "a\nb", "\\", "\"", "99999999999999999999",
        "1e400", "NaN", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30", "00000000-0000-0000-0000-000000000000", new('x', 70_000),
    ];

    private readonly Random random = new(seed);

    public bool Chance(double probability) => random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    /// <summary>The value of a parameter: mostly one that fits.</summary>
    public string Parameter(JsonElement schema, JsonElement? example)
    {
        if (Chance(0.3))
            return Pick(Nasty);
        if (schema.TryGetProperty("enum", out var set))
            return Pick([.. set.EnumerateArray()]).GetString()!;
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "uuid")
            return Chance(0.7) ? Pick(ids) : Guid.NewGuid().ToString();
        if (schema.GetProperty("type").GetString() == "integer")
            return Pick([schema.GetProperty("minimum").ToString(), schema.GetProperty("maximum").ToString(), "7", "0", "2147483647"]);
        return example?.ToString() ?? Pick(ids);
    }

    /// <summary>A body: the example, the example bent, or something else.</summary>
    public byte[] Body(JsonElement example)
    {
        if (Chance(0.15))
            return System.Text.Encoding.UTF8.GetBytes(Pick(["", "{", "[]", "null", "7", "\"text\"", "{\"a\":1}", new string('[', 2_000), "{\"task\":1,\"task\":2}", "\u00ff\u0000"]));
        if (Chance(0.05))
            return [0xff, 0xfe, 0x00, 0xd8];
        var body = example.ValueKind == JsonValueKind.Object ? JsonNode.Parse(example.GetRawText())!.AsObject() : new JsonObject { ["a"] = "b" };
        for (var change = random.Next(3); change > 0 && body.Count > 0; change--)
        {
            var name = Pick([.. body.Select(m => m.Key)]);
            switch (random.Next(4))
            {
                case 0:
                    body.Remove(name);
                    break;
                case 1:
                    body["unheard_of_" + random.Next(9)] = 1;
                    break;
                default:
                    body[name] = Any();
                    break;
            }
        }
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    /// <summary>A form: the example, with fields left out, doubled or bent.</summary>
    public byte[] Form(string example)
    {
        var fields = example.Split('&').ToList();
        for (var change = random.Next(3); change > 0 && fields.Count > 0; change--)
        {
            var index = random.Next(fields.Count);
            switch (random.Next(4))
            {
                case 0:
                    fields.RemoveAt(index);
                    break;
                case 1:
                    fields.Add(fields[index]);
                    break;
                default:
                    fields[index] = $"{fields[index].Split('=')[0]}={Uri.EscapeDataString(Pick(Nasty))}";
                    break;
            }
        }
        return System.Text.Encoding.UTF8.GetBytes(string.Join('&', fields));
    }

    private JsonNode? Any() => random.Next(7) switch
    {
        0 => null,
        1 => random.Next(),
        2 => true,
        3 => new JsonArray(1, "two"),
        4 => new JsonObject { ["nested"] = new JsonObject() },
        5 => 1e300,
        _ => Pick(Nasty),
    };
}
