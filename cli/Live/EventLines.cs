using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>One short line per event.</summary>
internal sealed class EventLines(Screen screen)
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, DateTimeOffset> started = [];
    private DateTimeOffset? began;

    public void Show(EventView e)
    {
        began ??= e.At;
        // A model's turn has an event of its own; its call only guards against paying twice.
        if (e.Type.StartsWith("call_", StringComparison.Ordinal) && e.Text("tool") == "model")
            return;
        var took = Took(e);
        var (text, tone) = Describe(e);
        if (text is not null)
            screen.Line($"{Durations.Say(e.At - began.Value),9}  {text}{took}", tone);
    }

    /// <summary>How long a call that ends here has taken, when its start was seen and it is worth a word.</summary>
    private string Took(EventView e)
    {
        if (e.Text("call_id") is not { } call)
            return "";
        if (e.Type == "call_started")
            started[call] = e.At;
        return e.Type == "call_finished" && started.Remove(call, out var at) && e.At - at >= Noticeable ? $" ({Durations.Say(e.At - at)})" : "";
    }

    private static (string? Text, Tone Tone) Describe(EventView e) => e.Type switch
    {
        "task_forked" => ($"forked from {e.Text("from")}{(e.Text("call_id") is { } call ? $" after {call}" : "")} at {Short(e.Text("commit"))}", Tone.Plain),
        "task_created" => ($"task: {OneLine(e.Text("task"))}", Tone.Strong),
        "task_started" => ("started", Tone.Faint),
        "workspace_ready" => ($"workspace ready at {Short(e.Text("base_commit"))}", Tone.Plain),
        "model_turn" => ($"plan: {Plan(e)}", Tone.Faint),
        "call_decided" => e.Text("verdict") is "allow" or null ? (null, Tone.Plain) : ($"policy: {e.Text("tool")} → {e.Text("verdict")} {OneLine(e.Text("reason"))}", Tone.Warning),
        "call_started" => ($"→ {e.Text("tool")} {OneLine(Arguments(e))}{Attempt(e)}", Tone.Plain),
        "call_finished" => Finished(e),
        "checkpoint_opened" => ($"waits for a decision: {OneLine(e.Text("title"))}", Tone.Warning),
        "checkpoint_settled" => ($"{e.Text("status")}{(e.Text("by") is { } by ? $" by {by}" : "")}{Because(e)}", e.Text("status") is "approved" or "answered" ? Tone.Good : Tone.Warning),
        "verification_started" => ("verifying", Tone.Plain),
        "verification_finished" => Verified(e),
        "published" => ($"published: branch {e.Text("branch")} at {Short(e.Text("commit"))}", Tone.Good),
        "task_finished" => ($"finished: {e.Text("stop_reason")}", StopReasons.ToneOf(e.Text("stop_reason"))),
        "warning" => ($"warning: {OneLine(e.Text("message"))}{Paths(e)}", Tone.Warning),
        _ => (e.Type.Replace('_', ' '), Tone.Faint),
    };

    private static (string, Tone) Finished(EventView e)
    {
        var failed = e.Text("is_error") is { } error && bool.TryParse(error, out var isError) && isError;
        var said = OneLine(FirstLine(e.Text("text")));
        return failed ? ($"✗ {e.Text("tool")} {said}", Tone.Bad) : ($"✓ {e.Text("tool")} {said}", Tone.Good);
    }

    private static (string, Tone) Verified(EventView e)
    {
        var outcome = e.Text("outcome");
        var checks = e.Data.TryGetProperty("checks", out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join(", ", list.EnumerateArray().Select(c => $"{Member(c, "name")}: {Member(c, "outcome")}"))
            : "";
        return ($"verification {outcome?.Replace('_', ' ')}{(checks.Length > 0 ? $" ({OneLine(checks)})" : "")}", outcome == "passed" ? Tone.Good : Tone.Warning);
    }

    private static string Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Plan(EventView e)
    {
        var calls = e.Data.TryGetProperty("calls", out var list) && list.ValueKind == JsonValueKind.Array ? string.Join(", ", list.EnumerateArray()) : "";
        return e.Text("text") is { Length: > 0 } said ? $"{OneLine(said)}{(calls.Length > 0 ? $" → {calls}" : "")}" : calls.Length > 0 ? calls : "nothing more to do";
    }

    private static string Attempt(EventView e) => e.Text("attempt") is { } attempt && attempt is not "1" ? $" (attempt {attempt})" : "";

    private static string Because(EventView e) => e.Text("reason") is { Length: > 0 } reason ? $": {OneLine(reason)}" : "";

    private static string? Arguments(EventView e) => e.Data.TryGetProperty("arguments", out var arguments) ? CheckpointText.Arguments(arguments, 120) : null;

    private static string Paths(EventView e) => e.Data.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Array && paths.GetArrayLength() > 0
        ? $" {string.Join(", ", paths.EnumerateArray().Take(10))}{(paths.GetArrayLength() > 10 ? ", …" : "")}"
        : "";

    private static string Short(string? commit) => commit is { Length: > 10 } ? commit[..10] : commit ?? "";

    private static string FirstLine(string? text) => (text ?? "").TrimStart().Split('\n')[0];

    private static string OneLine(string? text)
    {
        var line = (text ?? "").ReplaceLineEndings(" ").Trim();
        return line.Length <= 160 ? line : line[..159] + "…";
    }
}
