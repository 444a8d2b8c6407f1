using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Live;

/// <summary>Shows a checkpoint to the person who decides.</summary>
internal static class CheckpointText
{
    private const int ShortDiff = 60;

    public static void Show(Screen screen, CheckpointView checkpoint)
    {
        screen.Line();
        screen.Line($"● {Head(checkpoint)}", Tone.Strong);
        if (checkpoint.Reason is { Length: > 0 } reason)
            screen.Line($"  {reason}");
        if (checkpoint.Tool is { } tool)
            screen.Line($"  {tool} {Arguments(checkpoint.Arguments)}");
        if (checkpoint.Diff is { Length: > 0 } diff)
            DiffView.Show(screen, diff, ShortDiff);
        if (checkpoint.ExpiresAt is { } expires)
            screen.Line($"  Without a decision it counts as rejected at {expires.ToLocalTime():yyyy-MM-dd HH:mm}.", Tone.Faint);
    }

    /// <summary>The command that decides it from another shell.</summary>
    public static string Command(CheckpointView checkpoint) =>
        checkpoint.IsQuestion ? $"{Invocation.Name} approve {checkpoint.Id} --answer \"…\"" : $"{Invocation.Name} approve {checkpoint.Id}";

    public static string Arguments(JsonElement? arguments, int most = 400)
    {
        var text = arguments is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } a ? JsonSerializer.Serialize(a, WireJson.Line) : "";
        return text.Length <= most ? text : text[..most] + "…";
    }

    private static string Head(CheckpointView checkpoint) => checkpoint.Kind switch
    {
        "review" => $"Review: {checkpoint.Title ?? "the result before it is published"}",
        "question" => $"Question: {checkpoint.Title}",
        _ => $"Approval needed: {checkpoint.Title}",
    };
}
