using System.Text.Json;

namespace Navi.SimulatedProviders.Requests;

/// <summary>What every protocol's request says.</summary>
/// <param name="Body">The request.</param>
/// <param name="Model">Model or deployment.</param>
/// <param name="Stream">It wants a stream.</param>
/// <param name="Turn">Answers of the model in the conversation.</param>
/// <param name="First">Text that identifies the conversation: its first message of a user.</param>
/// <param name="Tools">Names of the tools on offer.</param>
public sealed record ModelRequest(JsonElement Body, string Model, bool Stream, int Turn, string First, IReadOnlySet<string> Tools)
{
    /// <summary>Reads a request whose form has been checked.</summary>
    /// <param name="body">The request.</param>
    /// <param name="model">Model from elsewhere; null for the body's.</param>
    /// <param name="streamsByDefault">A request that does not say wants a stream.</param>
    public static ModelRequest Of(JsonElement body, string? model, bool streamsByDefault)
    {
        var messages = body.GetProperty("messages").EnumerateArray().ToList();
        var turn = 0;
        var before = "";
        foreach (var role in messages.Select(m => m.GetProperty("role").GetString()!))
        {
            // Consecutive messages of the assistant are one turn.
            turn += role == "assistant" && before != "assistant" ? 1 : 0;
            before = role;
        }
        var first = messages.FirstOrDefault(m => m.GetProperty("role").GetString() == "user");
        return new ModelRequest(
            body, model ?? body.GetProperty("model").GetString()!, body.TryGetProperty("stream", out var stream) ? stream.ValueKind == JsonValueKind.True : streamsByDefault, turn,
            first.ValueKind == JsonValueKind.Object ? first.GetProperty("content").GetRawText() : "",
            body.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array
                ? tools.EnumerateArray().Select(t => (t.TryGetProperty("function", out var f) ? f : t).GetProperty("name").GetString()!).ToHashSet() : new HashSet<string>());
    }
}
