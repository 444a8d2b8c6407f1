using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Validation;

namespace Navi.SimulatedProviders.Protocols;

/// <summary>Anthropic's Messages.</summary>
internal sealed class AnthropicProtocol : Protocol
{
    public override string Name => "anthropic";

    public override int UnavailableStatus => 529;

    public override Shape Request => AnthropicShapes.Request;

    public override string BrokenFrame => "event: content_block_delta\ndata: {\"type\":\"content_block\n\n";

    public override Violation? Order(JsonElement body) => AnthropicShapes.Order(body);

    public override string? KeyOf(IHeaderDictionary headers) => headers["x-api-key"].ToString() is { Length: > 0 } key ? key
        : headers.Authorization.ToString() is { } said && said.StartsWith("Bearer ", StringComparison.Ordinal) ? said[7..] : "";

    public override Violation? Missing(HttpRequest request) => request.Headers["anthropic-version"].ToString().Length == 0 ? new Violation("anthropic-version", ViolationKind.Missing, "a header") : null;

    public override string Refusal(Violation violation, string id) => Body("invalid_request_error", violation.Kind switch
    {
        ViolationKind.Unknown => $"{violation.Path}: Extra inputs are not permitted",
        ViolationKind.Missing when violation.Path == "anthropic-version" => "anthropic-version: header is required",
        ViolationKind.Missing => $"{violation.Path}: Field required",
        ViolationKind.Type => $"{violation.Path}: Input should be {violation.Detail}",
        _ => $"{violation.Path}: {violation.Detail}",
    }, id);

    public override string Error(int status, string id) => status switch
    {
        401 => Body("authentication_error", "invalid x-api-key", id),
        404 => Body("not_found_error", "Not found", id),
        429 => Body("rate_limit_error", "This request would exceed your organization's rate limit.", id),
        529 => Body("overloaded_error", "Overloaded", id),
        _ => Body("api_error", "Internal server error", id),
    };

    public override string Filtered(string id) => Body("invalid_request_error", "Output blocked by content filtering policy", id);

    public override IEnumerable<(string Name, string Value)> Headers(string id, bool limited) =>
    [
        ("request-id", $"req_{id}"), ("anthropic-ratelimit-requests-limit", "1000"), ("anthropic-ratelimit-requests-remaining", limited ? "0" : "999"),
        ("anthropic-ratelimit-tokens-limit", "1000000"), ("anthropic-ratelimit-tokens-remaining", limited ? "0" : "990000"),
    ];

    public override string Whole(Answer answer)
    {
        var blocks = new List<object>();
        if (answer.Turn.Text.Length > 0)
            blocks.Add(new { type = "text", text = answer.Turn.Text });
        blocks.AddRange(answer.Turn.Calls.Select((c, i) => new { type = "tool_use", id = $"toolu_{answer.Id}{i}", name = c.Name, input = Input(c) }));
        return Write(Message(answer, blocks, Reason(answer.Turn), answer.Usage.Output));
    }

    public override IEnumerable<string> Frames(Answer answer, bool includeUsage)
    {
        yield return Event("message_start", new { type = "message_start", message = Message(answer, [], null, 1) });
        var index = 0;
        if (answer.Turn.Text.Length > 0)
        {
            yield return Event("content_block_start", new { type = "content_block_start", index, content_block = new { type = "text", text = "" } });
            yield return Event("ping", new { type = "ping" });
            foreach (var piece in answer.Pieces)
                yield return Event("content_block_delta", new { type = "content_block_delta", index, delta = new { type = "text_delta", text = piece } });
            yield return Event("content_block_stop", new { type = "content_block_stop", index = index++ });
        }
        foreach (var (call, at) in answer.Turn.Calls.Select((c, i) => (c, i)))
        {
            yield return Event("content_block_start", new { type = "content_block_start", index, content_block = new { type = "tool_use", id = $"toolu_{answer.Id}{at}", name = call.Name, input = new { } } });
            foreach (var piece in Answer.Split(call.Json).Prepend(""))
                yield return Event("content_block_delta", new { type = "content_block_delta", index, delta = new { type = "input_json_delta", partial_json = piece } });
            yield return Event("content_block_stop", new { type = "content_block_stop", index = index++ });
        }
        yield return Event("message_delta", new { type = "message_delta", delta = new { stop_reason = Reason(answer.Turn), stop_sequence = (string?)null }, usage = new { output_tokens = answer.Usage.Output } });
        yield return Event("message_stop", new { type = "message_stop" });
    }

    private static object Message(Answer answer, IReadOnlyList<object> content, string? stop, int output) => new
    {
        id = $"msg_{answer.Id}", type = "message", role = "assistant", model = answer.Request.Model, content, stop_reason = stop, stop_sequence = (string?)null,
        usage = new { input_tokens = answer.Usage.Input - answer.Usage.Cached, cache_creation_input_tokens = 0, cache_read_input_tokens = answer.Usage.Cached, output_tokens = output },
    };

    // In one piece an input is JSON or nothing: what is not becomes text.
    private static JsonElement Input(ToolUse call)
    {
        try
        {
            return JsonElement.Parse(call.Json);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(call.Json);
        }
    }

    private static string Event(string name, object data) => $"event: {name}\ndata: {Write(data)}\n\n";

    private static string Reason(Turn turn) => Finished(turn, "tool_use", "end_turn", "max_tokens", "refusal", "refusal");

    private static string Body(string type, string message, string id) => Write(new { type = "error", error = new { type, message }, request_id = $"req_{id}" });
}
