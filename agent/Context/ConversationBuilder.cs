using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Effects;
using Navi.Agent.Tools;
using Navi.Platform.Json;

namespace Navi.Agent.Context;

/// <summary>Makes messages of rows. It has no memory and no clock: the same rows give the same bytes, and a later turn's messages begin with the earlier one's until a summary is made.</summary>
/// <param name="registry">For the tools' own output bounds.</param>
/// <param name="turnLimit">Most characters of the results of one turn together.</param>
/// <param name="plain">For the provider without a model, which reads results as programs do: no notes, no shortening beyond the tools' bounds.</param>
internal sealed class ConversationBuilder(ToolRegistry registry, int turnLimit, bool plain)
{
    /// <summary>Member of <see cref="AIContent.AdditionalProperties"/> that holds a result's structured form, JSON text.</summary>
    public const string DataProperty = "navi.data";

    /// <summary>Member of <see cref="AIContent.AdditionalProperties"/> that says whether a result is an error.</summary>
    public const string ErrorProperty = "navi.is_error";

    /// <summary>Member of a message's properties that marks it as the task from there on, for the provider without a model.</summary>
    public const string TaskProperty = "navi.task";

    // A change to old messages costs the providers' caches what follows them, so results shrink only every so many turns, and only where it saves something.
    private const int Epoch = 10;
    private const int Worthwhile = 2_000;
    private const int Remainder = 600;
    private const int LeastResult = 500;
    private const int OtherLimit = 16_000;

    /// <summary>What stands before the turns: instructions, the task word for word, and the summary.</summary>
    public static List<ChatMessage> Beginning(string task, ContextRows rows)
    {
        var messages = new List<ChatMessage> { new(ChatRole.System, Instructions.System), new(ChatRole.User, rows.WordsAt(Math.Max(0, rows.Summarised)) ?? task) };
        if (rows.Compaction is { } compaction)
            messages.Add(new ChatMessage(ChatRole.User, compaction.Summary));
        return messages;
    }

    /// <summary>Other words that the task was given at a turn, as the message before that turn; none at its beginning, where they stand first.</summary>
    public IEnumerable<ChatMessage> Words(ContextRows rows, int turn) => rows.Words.Where(w => w.Turn == turn && turn > Math.Max(0, rows.Summarised)).Select(w => plain
        ? new ChatMessage(ChatRole.User, w.Text) { AdditionalProperties = new() { [TaskProperty] = true } }
        : new ChatMessage(ChatRole.User, $"{Instructions.OtherTask}\n\n{w.Text}"));

    /// <summary>The messages of each turn that no summary stands for, in order.</summary>
    public IEnumerable<(int Turn, List<ChatMessage> Messages)> Turns(ContextRows rows, int turn, IReadOnlyList<LoopFinding> findings)
    {
        var superseded = plain ? [] : Superseded(rows, turn / Epoch * Epoch);
        for (var i = 0; i < rows.Turns.Count; i++)
            if (rows.Turns[i] is var spoken && spoken.Turn > rows.Summarised)
                yield return (spoken.Turn, [.. Words(rows, spoken.Turn), .. Messages(spoken, [.. rows.ByTurn[spoken.Turn]], superseded, i < findings.Count ? findings[i].Words() : null)]);
    }

    private List<ChatMessage> Messages(SpokenTurn spoken, List<MadeCall> calls, HashSet<string> superseded, string? note)
    {
        var said = new List<AIContent>();
        if (spoken.Text.Length > 0)
            said.Add(new TextContent(spoken.Text));
        said.AddRange(calls.Select(c => new FunctionCallContent(c.CallId, c.Tool, Arguments(c.Arguments))));
        // Some providers refuse a message without content.
        if (said.Count == 0)
            said.Add(new TextContent("(nothing)"));
        var messages = new List<ChatMessage> { new(ChatRole.Assistant, said) };
        if (calls.Count == 0)
            messages.Add(new ChatMessage(ChatRole.User, spoken.FinishReason == "length" ? Instructions.TooLong : Instructions.Nudge));
        else
            messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(c => Result(c, calls.Count, superseded))]));
        if (!plain && note is not null)
            messages.Add(new ChatMessage(ChatRole.User, note));
        return messages;
    }

    private FunctionResultContent Result(MadeCall call, int neighbours, HashSet<string> superseded)
    {
        StoredResult result = call.Result;
        var own = registry.Find(call.Tool)?.OutputLimit ?? OtherLimit;
        var limit = plain ? own : Math.Min(own, Math.Max(LeastResult, turnLimit / neighbours));
        var old = superseded.Contains(call.CallId) && result.Content.Length > Worthwhile;
        return new FunctionResultContent(call.CallId, plain ? BoundedText.Cut(result.Content, limit) : Shown(call, result.Content, old ? Math.Min(limit, Remainder) : limit, old))
        {
            AdditionalProperties = new() { [ErrorProperty] = result.IsError, [DataProperty] = result.Data },
        };
    }

    /// <summary>Head and tail, with a marker that says how much is missing and how to read it.</summary>
    private static string Shown(MadeCall call, string text, int limit, bool old)
    {
        if (text.Length <= limit)
            return text;
        var head = Whole(text, limit / 2);
        var tail = text.Length - (limit - limit / 2);
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        var why = old ? "a later call shows the newer state; " : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, head)}\n[... {tail - head} of {text.Length} characters left out: {why}read_result with call_id \"{call.CallId}\" and offset {head} reads them ...]\n{text.AsSpan(tail)}");
    }

    // Reads of a file that a later call has read again as a whole, or changed.
    private static HashSet<string> Superseded(ContextRows rows, int before)
    {
        var superseded = new HashSet<string>(StringComparer.Ordinal);
        var newer = new HashSet<string>(StringComparer.Ordinal);
        foreach (var call in rows.Calls.Where(c => c.Turn < before && c.IsError == false).Reverse())
        {
            if (call.Argument("path") is not { } path)
                continue;
            if (call.Tool == "read_file" && newer.Contains(path))
                superseded.Add(call.CallId);
            if (call.HasChanged || (call.Tool == "read_file" && !call.Arguments.Contains("start_line", StringComparison.Ordinal) && !call.Arguments.Contains("line_count", StringComparison.Ordinal)))
                newer.Add(path);
        }
        return superseded;
    }

    private static int Whole(string text, int length) => length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    private static Dictionary<string, object?> Arguments(string json) => JsonSerializer.Deserialize<Dictionary<string, object?>>(json, NaviJson.Options) ?? [];
}
