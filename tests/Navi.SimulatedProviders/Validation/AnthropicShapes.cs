using System.Text.Json;
using static Navi.SimulatedProviders.Validation.Shape;

namespace Navi.SimulatedProviders.Validation;

/// <summary>
/// Requests for a message, by the types that Anthropic generates from its OpenAPI description: anthropics/anthropic-sdk-python, src/anthropic/types/message_create_params.py and tool_use_block_param.py
/// (00dcf921fb0cdeacb827e7b17e9a41e39b48f61b), tool_result_block_param.py (1ae15cd58da2c58dfb85276860ec407401c04cc6), tool_param.py (052d9dd9271d6ddf3f6640b105e410f1c2e2690e). Blocks and tools that
/// NAVI does not use (images, documents, server tools) are not described.
/// </summary>
internal static class AnthropicShapes
{
    private const string NamePattern = "^[a-zA-Z0-9_-]{1,128}$";
    private const string IdPattern = "^[a-zA-Z0-9_-]+$";
    private static readonly Shape Cache = OrNull(Object(("type!", OneOf("ephemeral")), ("ttl", OneOf("5m", "1h"))));
    private static readonly Shape TextBlock = Object(("type!", OneOf("text")), ("text!", Text(shortest: 1)), ("cache_control", Cache), ("citations", OrNull(Array(AnyObject))));
    private static readonly Shape Use = Object(("type!", Any), ("id!", Text(IdPattern)), ("name!", Text(NamePattern)), ("input!", AnyObject), ("cache_control", Cache), ("caller", AnyObject), ("toolset_name", OrNull(Text())));
    private static readonly Shape Result = Object(
        ("type!", Any), ("tool_use_id!", Text(IdPattern)), ("content", TextOr(Array(Tagged("type", ("text", TextBlock))))), ("is_error", Bool), ("cache_control", Cache));
    private static readonly Shape Thinking = Object(("type!", Any), ("thinking!", Text()), ("signature!", Text()));

    public static readonly Shape Request = Object(
        ("model!", Text(shortest: 1)), ("max_tokens!", Int(0)), ("messages!", Array(Tagged("role",
            ("user", Object(("role!", Any), ("content!", TextOr(Array(Tagged("type", ("text", TextBlock), ("tool_result", Result)), 1))))),
            ("assistant", Object(("role!", Any), ("content!", TextOr(Array(Tagged("type", ("text", TextBlock), ("tool_use", Use), ("thinking", Thinking)))))))), 1, 100_000)),
        ("system", TextOr(Array(TextBlock))), ("stream", Bool), ("temperature", Number(0, 1)), ("top_k", Int(0)), ("top_p", Number(0, 1)), ("stop_sequences", Array(Text())),
        ("tools", Array(Object(("name!", Text(NamePattern)), ("description", Text()), ("input_schema!", Loose(("type!", OneOf("object")), ("properties", OrNull(AnyObject)), ("required", OrNull(Array(Text()))))),
            ("cache_control", Cache), ("type", OrNull(OneOf("custom"))), ("strict", Bool)))),
        ("tool_choice", Tagged("type",
            ("auto", Object(("type!", Any), ("disable_parallel_tool_use", Bool))), ("any", Object(("type!", Any), ("disable_parallel_tool_use", Bool))),
            ("none", Object(("type!", Any))), ("tool", Object(("type!", Any), ("name!", Text()), ("disable_parallel_tool_use", Bool))))),
        ("metadata", Object(("user_id", OrNull(Text(longest: 256))))), ("cache_control", Cache), ("service_tier", OneOf("auto", "standard_only")), ("thinking", AnyObject), ("output_config", AnyObject),
        ("inference_geo", OrNull(Text())), ("container", OrNull(Any)));

    /// <summary>What no schema can say. Messages of one role in a row count as one, as the description says.</summary>
    public static Violation? Order(JsonElement body)
    {
        var open = new HashSet<string>();
        var known = new HashSet<string>();
        var before = "";
        var otherSeen = false;
        var index = -1;
        foreach (var message in body.GetProperty("messages").EnumerateArray())
        {
            index++;
            var role = message.GetProperty("role").GetString()!;
            if (role == "assistant" && before != role && open.Count > 0)
                return Unanswered(index - 1, open);
            if (role != before)
                otherSeen = false;
            before = role;
            var content = message.GetProperty("content");
            if (content.ValueKind == JsonValueKind.String)
            {
                otherSeen = true;
                continue;
            }
            foreach (var (block, at) in content.EnumerateArray().Select((b, i) => (b, i)))
            {
                switch (block.GetProperty("type").GetString())
                {
                    case "tool_use" when !known.Add(block.GetProperty("id").GetString()!):
                        return new Violation($"messages.{index}.content.{at}", ViolationKind.Value, "`tool_use` ids must be unique");
                    case "tool_use":
                        open.Add(block.GetProperty("id").GetString()!);
                        break;
                    case "tool_result" when otherSeen:
                        return new Violation($"messages.{index}.content.{at}", ViolationKind.Value, "`tool_result` blocks must come first in the content of a user message");
                    case "tool_result" when !open.Remove(block.GetProperty("tool_use_id").GetString()!):
                        return new Violation($"messages.{index}.content.{at}", ViolationKind.Value,
                            $"unexpected `tool_use_id` found in `tool_result` blocks: {block.GetProperty("tool_use_id").GetString()}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
                    case "text" when role == "user":
                        otherSeen = true;
                        break;
                }
            }
        }
        return open.Count > 0 ? Unanswered(index, open) : null;
    }

    private static Violation Unanswered(int index, HashSet<string> open) => new($"messages.{index}", ViolationKind.Value,
        $"`tool_use` ids were found without `tool_result` blocks immediately after: {string.Join(", ", open)}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
}
