using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Tools;

/// <summary>The full text of an earlier result of the same task: what was shown only in part, or lies before a summary.</summary>
internal sealed class ReadResultTool(EffectLedger ledger) : Tool<ReadResultTool.Arguments>
{
    private const int MostMatches = 50;
    private const int Around = 200;

    public override string Name => "read_result";

    public override string Description => "Reads the stored result of an earlier call of this task by its call id: a part of it, or the lines that contain a text.";

    public override EffectClass Effect => EffectClass.Pure;

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var row = await ledger.FindAsync(Guid.Parse(context.TaskId), arguments.CallId, cancellationToken);
        if (row is null || row.Index < 0)
            return ToolResult.Error($"call_id: got '{BoundedText.Brief(arguments.CallId)}'; expected the id of an earlier call of this task, such as 3-0.");
        if (await ledger.ResultAsync(row, cancellationToken) is not { } result)
            return ToolResult.Error($"Call {row.CallId} ({row.Tool}) has no result: it is {row.Status}.");
        var text = result.Content;
        if (arguments.Search is { Length: > 0 } wanted)
            return ToolResult.Ok(Matches(text, wanted));
        if (arguments.Offset >= text.Length && text.Length > 0)
            return ToolResult.Error($"offset: got {arguments.Offset}; the result of {row.CallId} has {text.Length} characters.");
        var end = (int)Math.Min(text.Length, (long)arguments.Offset + arguments.Limit);
        return ToolResult.Ok(string.Create(CultureInfo.InvariantCulture, $"[characters {arguments.Offset}-{end} of {text.Length} of {row.Tool} {row.CallId}]\n{text[arguments.Offset..end]}"));
    }

    private static string Matches(string text, string wanted)
    {
        var lines = new List<string>();
        var total = 0;
        for (var at = text.IndexOf(wanted, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(wanted, at + wanted.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (total++ >= MostMatches)
                continue;
            var from = Math.Max(0, at - Around);
            var line = text.LastIndexOf('\n', at, at - from) is var before and >= 0 ? before + 1 : from;
            var end = text.IndexOf('\n', at, Math.Min(Around, text.Length - at)) is var after and >= 0 ? after : Math.Min(text.Length, at + Around);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{at}: {text[line..end]}"));
        }
        return $"[{total} match(es), each with its offset]\n{string.Join('\n', lines)}";
    }

    internal sealed record Arguments(
        [Description("Id of the call, as turn-index.")] string CallId,
        [Description("First character, from 0."), Range(0, int.MaxValue)] int Offset = 0,
        [Description("Most characters."), Range(1, 15_000)] int Limit = 8_000,
        [Description("Show only where this text occurs, with its offsets.")] string? Search = null);
}
