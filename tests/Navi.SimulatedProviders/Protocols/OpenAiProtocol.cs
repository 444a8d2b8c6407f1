using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Validation;

namespace Navi.SimulatedProviders.Protocols;

/// <summary>Chat completions of OpenAI and of Azure OpenAI: their answers differ in the filter's results, their errors in the words.</summary>
internal sealed class OpenAiProtocol(bool azure) : Protocol
{
    private static readonly object Safe = new { hate = Level, self_harm = Level, sexual = Level, violence = Level };

    private static object Level => new { filtered = false, severity = "safe" };

    public override string Name => azure ? "azure_openai" : "openai";

    public override Shape Request => azure ? OpenAiShapes.Azure : OpenAiShapes.OpenAi;

    public override Violation? Order(JsonElement body) => OpenAiShapes.Order(body);

    public override string? KeyOf(IHeaderDictionary headers) =>
        azure && headers["api-key"].ToString() is { Length: > 0 } key ? key : headers.Authorization.ToString() is { } said && said.StartsWith("Bearer ", StringComparison.Ordinal) ? said[7..] : "";

    public override Violation? Missing(HttpRequest request) => azure && request.Query["api-version"].ToString().Length == 0
        ? new Violation("api-version", ViolationKind.Missing, "a query parameter") : null;

    public override string? ModelOf(string path) => azure ? path.Split('/')[3] : null;

    public override string Refusal(Violation violation, string id)
    {
        var at = violation.Bracketed;
        return violation.Kind switch
        {
            ViolationKind.Unknown => Body($"Unknown parameter: '{at}'.", "invalid_request_error", at, "unknown_parameter"),
            ViolationKind.Missing => Body($"Missing required parameter: '{at}'.", "invalid_request_error", at, "missing_required_parameter"),
            ViolationKind.Type => Body($"Invalid type for '{at}': expected {violation.Detail}.", "invalid_request_error", at, "invalid_type"),
            _ => Body(violation.Detail.EndsWith('.') || violation.Detail.Contains(':') ? violation.Detail : $"Invalid value for '{at}': expected {violation.Detail}.", "invalid_request_error", at, violation.Path.EndsWith("role", StringComparison.Ordinal) ? null : "invalid_value"),
        };
    }

    public override string Error(int status, string id) => (status, azure) switch
    {
        (401, true) => Write(new { error = new { code = "401", message = "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription." } }),
        (429, true) => Write(new { error = new { code = "429", message = "Requests to the ChatCompletions_Create Operation have exceeded call rate limit of your current pricing tier." } }),
        (404, true) => Write(new { error = new { code = "404", message = "Resource not found" } }),
        (401, _) => Body("Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.", "invalid_request_error", null, "invalid_api_key"),
        (429, _) => Body("Rate limit reached for requests. Please try again later.", "requests", null, "rate_limit_exceeded"),
        (404, _) => Body("Invalid URL", "invalid_request_error", null, null),
        (503, _) => Body("The server is overloaded or not ready yet.", "server_error", null, null),
        _ => Body("The server had an error while processing your request. Sorry about that!", "server_error", null, null),
    };

    public override string Filtered(string id) => azure
        ? Write(new
        {
            error = new
            {
                message = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
                type = (string?)null, param = "prompt", code = "content_filter", status = 400, innererror = new { code = "ResponsibleAIPolicyViolation", content_filter_result = Safe },
            },
        })
        : Body("Invalid prompt: your prompt was flagged as potentially violating our usage policy.", "invalid_request_error", null, "invalid_prompt");

    public override IEnumerable<(string Name, string Value)> Headers(string id, bool limited)
    {
        yield return (azure ? "apim-request-id" : "x-request-id", azure ? id : $"req_{id}");
        yield return ("x-ratelimit-limit-requests", "1000");
        yield return ("x-ratelimit-remaining-requests", limited ? "0" : "999");
        yield return ("x-ratelimit-limit-tokens", "1000000");
        yield return ("x-ratelimit-remaining-tokens", limited ? "0" : "990000");
        if (azure)
            yield return ("x-ms-region", "Simulated");
        else
            yield return ("openai-processing-ms", "1");
    }

    public override string Whole(Answer answer)
    {
        var refuses = answer.Turn.Finish == Finish.Refusal;
        var message = new Dictionary<string, object?>
        {
            ["role"] = "assistant", ["content"] = refuses || (answer.Turn.Text.Length == 0 && answer.Turn.Calls.Count > 0) ? null : answer.Turn.Text, ["refusal"] = refuses ? answer.Turn.Text : null,
        };
        if (answer.Turn.Calls.Count > 0)
            message["tool_calls"] = answer.Turn.Calls.Select((c, i) => new { id = $"call_{answer.Id}{i}", type = "function", function = new { name = c.Name, arguments = c.Json } });
        var choice = new Dictionary<string, object?> { ["index"] = 0, ["message"] = message, ["logprobs"] = null, ["finish_reason"] = Reason(answer.Turn) };
        if (azure)
            choice["content_filter_results"] = Safe;
        var body = Envelope(answer, "chat.completion", [choice]);
        body["usage"] = Usage(answer);
        return Write(body);
    }

    public override IEnumerable<string> Frames(Answer answer, bool includeUsage)
    {
        var refuses = answer.Turn.Finish == Finish.Refusal;
        yield return Frame(answer, new { role = "assistant", content = answer.Turn.Calls.Count > 0 && answer.Turn.Text.Length == 0 ? null : "", refusal = (string?)null });
        foreach (var piece in answer.Pieces)
            yield return Frame(answer, refuses ? new { refusal = piece } : new { content = piece });
        foreach (var (call, index) in answer.Turn.Calls.Select((c, i) => (c, i)))
        {
            yield return Frame(answer, new { tool_calls = new[] { new { index, id = $"call_{answer.Id}{index}", type = "function", function = new { name = call.Name, arguments = "" } } } });
            foreach (var piece in Answer.Split(call.Json))
                yield return Frame(answer, new { tool_calls = new[] { new { index, function = new { arguments = piece } } } });
        }
        yield return Frame(answer, new { }, Reason(answer.Turn));
        if (includeUsage)
        {
            var last = Envelope(answer, "chat.completion.chunk", []);
            last["usage"] = Usage(answer);
            yield return $"data: {Write(last)}\n\n";
        }
        yield return "data: [DONE]\n\n";
    }

    private string Frame(Answer answer, object delta, string? finish = null) => $"data: {Write(Envelope(answer, "chat.completion.chunk", [Choice(delta, finish)]))}\n\n";

    private Dictionary<string, object?> Choice(object delta, string? finish)
    {
        var choice = new Dictionary<string, object?> { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish };
        if (azure && finish is not null)
            choice["content_filter_results"] = Safe;
        return choice;
    }

    private static Dictionary<string, object?> Envelope(Answer answer, string kind, IEnumerable<object> choices) => new()
    {
        ["id"] = $"chatcmpl-{answer.Id}", ["object"] = kind, ["created"] = answer.Created, ["model"] = answer.Request.Model, ["system_fingerprint"] = "fp_simulated", ["choices"] = choices,
    };

    private static object Usage(Answer answer) => new
    {
        prompt_tokens = answer.Usage.Input, completion_tokens = answer.Usage.Output, total_tokens = answer.Usage.Input + answer.Usage.Output,
        prompt_tokens_details = new { cached_tokens = answer.Usage.Cached, audio_tokens = 0 }, completion_tokens_details = new { reasoning_tokens = 0, audio_tokens = 0 },
    };

    private static string Reason(Turn turn) => Finished(turn, "tool_calls", "stop", "length", "stop", "content_filter");

    private static string Body(string message, string type, string? param, string? code) => Write(new { error = new { message, type, param, code } });
}
