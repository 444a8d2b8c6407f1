using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Validation;

namespace Navi.SimulatedProviders.Protocols;

/// <summary>Ollama's /api/chat: one JSON object a line.</summary>
internal sealed class OllamaProtocol : Protocol
{
    public override string Name => "ollama";

    public override string StreamType => "application/x-ndjson";

    public override bool StreamsByDefault => true;

    public override Shape Request => OllamaShapes.Request;

    public override string BrokenFrame => "{\"model\":\n";

    public override string? KeyOf(IHeaderDictionary headers) => null;

    public override string Refusal(Violation violation, string id) => Write(new { error = $"{violation.Path}: {violation.Detail}" });

    public override string Error(int status, string id) => Write(new { error = status switch { 404 => "model not found", 429 => "too many requests", 503 => "server busy, please try again", _ => "internal server error" } });

    public override string Filtered(string id) => Write(new { error = "filtered" });

    public override IEnumerable<(string Name, string Value)> Headers(string id, bool limited) => [];

    public override string Whole(Answer answer) => Line(answer, answer.Turn.Text, answer.Turn.Calls, done: true);

    public override IEnumerable<string> Frames(Answer answer, bool includeUsage)
    {
        foreach (var piece in answer.Pieces)
            yield return Line(answer, piece, [], done: false) + "\n";
        if (answer.Turn.Calls.Count > 0)
            yield return Line(answer, "", answer.Turn.Calls, done: false) + "\n";
        yield return Line(answer, "", [], done: true) + "\n";
    }

    private static string Line(Answer answer, string content, IReadOnlyList<ToolUse> calls, bool done)
    {
        var message = new Dictionary<string, object> { ["role"] = "assistant", ["content"] = content };
        if (calls.Count > 0)
            message["tool_calls"] = calls.Select(c => new { function = new { name = c.Name, arguments = Arguments(c) } });
        var line = new Dictionary<string, object>
        {
            ["model"] = answer.Request.Model, ["created_at"] = DateTimeOffset.FromUnixTimeSeconds(answer.Created).ToString("yyyy-MM-ddTHH:mm:ssZ"), ["message"] = message, ["done"] = done,
        };
        if (done)
        {
            line["done_reason"] = Finished(answer.Turn, "stop", "stop", "length", "stop", "stop");
            line["total_duration"] = 1_000_000;
            line["prompt_eval_count"] = answer.Usage.Input;
            line["eval_count"] = answer.Usage.Output;
        }
        return Write(line);
    }

    // Ollama parses what the model wrote; what is no JSON arrives as it is, under a name that nobody asked for.
    private static object Arguments(ToolUse call)
    {
        try
        {
            return JsonElement.Parse(call.Json);
        }
        catch (JsonException)
        {
            return new { unparsed = call.Json };
        }
    }
}
