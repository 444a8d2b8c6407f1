using System.Text.Json;
using static Navi.SimulatedProviders.Validation.Shape;

namespace Navi.SimulatedProviders.Validation;

/// <summary>
/// Requests for a chat completion. Members and bounds were compared with openai/openai-python, src/openai/types/chat/completion_create_params.py at
/// 04448952820aa3029e61907c1785a7293c3ddbc2, which is generated from OpenAI's own description. Not described, and so refused: audio, web_search_options, the deprecated functions; images and
/// sound as content, because NAVI sends text. Newer than that file: verbosity, prompt_cache_key, safety_identifier. Azure's variant is the same with data_sources and without a required
/// model; it was not compared with a published file.
/// </summary>
internal static class OpenAiShapes
{
    private const string NamePattern = "^[a-zA-Z0-9_-]{1,64}$";
    private static readonly Shape Content = TextOr(Array(Tagged("type", ("text", Object(("type!", OneOf("text")), ("text!", Text())))), 1));
    private static readonly Shape AnswerContent = TextOr(Array(Tagged(
        "type", ("text", Object(("type!", OneOf("text")), ("text!", Text()))), ("refusal", Object(("type!", OneOf("refusal")), ("refusal!", Text())))), 1));
    private static readonly Shape Call = Object(
        ("id!", Text()), ("type!", OneOf("function")), ("function!", Object(("name!", Text(NamePattern)), ("arguments!", Text()))));
    private static readonly Shape Tool = Object(
        ("type!", OneOf("function")),
        ("function!", Object(("name!", Text(NamePattern)), ("description", Text()), ("parameters", AnyObject), ("strict", OrNull(Bool)))));

    public static readonly Shape OpenAi = Of(azure: false);
    public static readonly Shape Azure = Of(azure: true);

    /// <summary>What no schema can say: every call is answered, by its id, before anybody else speaks.</summary>
    public static Violation? Order(JsonElement body)
    {
        var open = new HashSet<string>();
        var index = -1;
        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            index++;
            var role = message.GetProperty("role").GetString();
            if (role == "tool")
            {
                if (!open.Remove(message.GetProperty("tool_call_id").GetString()!))
                    return new Violation($"messages.{index}.role", ViolationKind.Value, "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.");
                continue;
            }
            if (open.Count > 0)
                return Unanswered(index, open);
            if (role == "assistant" && message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
            {
                foreach (var call in calls.EnumerateArray())
                {
                    if (!open.Add(call.GetProperty("id").GetString()!))
                        return new Violation($"messages.{index}.tool_calls", ViolationKind.Value, "Duplicate tool call id.");
                }
            }
            else if (role == "assistant" && (!message.TryGetProperty("content", out var content) || content.ValueKind == JsonValueKind.Null))
                return new Violation($"messages.{index}.content", ViolationKind.Type, "a string");
        }
        return open.Count > 0 ? Unanswered(index + 1, open) : null;
    }

    private static Violation Unanswered(int index, HashSet<string> open) => new($"messages.{index}.role", ViolationKind.Value,
        $"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: {string.Join(", ", open)}");

    private static Shape Of(bool azure)
    {
        var message = Tagged("role",
            ("system", Object(("role!", Any), ("content!", Content), ("name", Text()))),
            ("developer", Object(("role!", Any), ("content!", Content), ("name", Text()))),
            ("user", Object(("role!", Any), ("content!", Content), ("name", Text()))),
            ("assistant", Object(("role!", Any), ("content", OrNull(AnswerContent)), ("refusal", OrNull(Text())), ("name", Text()), ("tool_calls", Array(Call, 1, 128)))),
            ("tool", Object(("role!", Any), ("content!", Content), ("tool_call_id!", Text()))));
        List<(string, Shape)> members =
        [
            ("messages!", Array(message, 1)), ("stream", OrNull(Bool)), ("stream_options", OrNull(Object(("include_usage", Bool), ("include_obfuscation", Bool)))), ("tools", Array(Tool, 1, 128)),
            ("tool_choice", TextOr(Object(("type!", OneOf("function")), ("function!", Object(("name!", Text(NamePattern))))))),
            ("parallel_tool_calls", Bool), ("max_tokens", OrNull(Int(1))), ("max_completion_tokens", OrNull(Int(1))), ("temperature", OrNull(Number(0, 2))), ("top_p", OrNull(Number(0, 1))),
            ("frequency_penalty", OrNull(Number(-2, 2))), ("presence_penalty", OrNull(Number(-2, 2))), ("seed", OrNull(Int(long.MinValue))), ("n", OrNull(Int(1, 128))), ("user", Text()),
            ("stop", OrNull(TextOr(Array(Text(), 1, 4)))), ("logprobs", OrNull(Bool)), ("top_logprobs", OrNull(Int(0, 20))), ("logit_bias", OrNull(AnyObject)), ("response_format", AnyObject),
            ("store", OrNull(Bool)), ("metadata", OrNull(AnyObject)), ("reasoning_effort", OrNull(Text())),
        ];
        if (azure)
            members.AddRange([("model", Text()), ("data_sources", Array(AnyObject))]);
        else
            members.AddRange([("model!", Text()), ("service_tier", OrNull(Text())), ("prediction", OrNull(AnyObject)), ("modalities", OrNull(Array(Text()))), ("verbosity", OrNull(Text())),
                ("prompt_cache_key", Text()), ("safety_identifier", Text(longest: 64))]);
        return Object([.. members]);
    }
}
