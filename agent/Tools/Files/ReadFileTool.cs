using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class ReadFileTool : Tool<ReadFileTool.Arguments>
{
    public override string Name => "read_file";

    public override string Description => "Reads a text file, or a range of its lines.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var whole = arguments is { StartLine: null, LineCount: null };
        if (whole && context.Paths.Resolve(arguments.Path).Stat is { Kind: FileKind.File, Size: > ToolText.MaxBytes and <= ToolText.MaxEditedBytes and var size })
            return Task.FromResult(ToolResult.Error($"File '{BoundedText.Brief(arguments.Path)}' has {size} bytes; at most {ToolText.MaxBytes} are read at once. Give start_line and line_count."));
        var text = context.ReadText(arguments.Path, whole ? ToolText.MaxBytes : ToolText.MaxEditedBytes).Text;
        if (whole)
            return Task.FromResult(ToolResult.Ok(text));
        var lines = TextFile.Lines(text);
        var start = arguments.StartLine ?? 1;
        if (start > lines.Length)
            return Task.FromResult(ToolResult.Error($"start_line: got {start}; '{arguments.Path}' has {lines.Length} lines."));
        var end = (int)Math.Min(lines.Length, (long)start + (arguments.LineCount ?? lines.Length) - 1);
        return Task.FromResult(ToolResult.Ok($"[lines {start}-{end} of {lines.Length}]\n" + string.Join('\n', lines[(start - 1)..end])));
    }

    internal sealed record Arguments(
        [Description("File, relative to the workspace.")] string Path,
        [Description("First line, from 1."), Range(1, int.MaxValue)] int? StartLine = null,
        [Description("How many lines."), Range(1, int.MaxValue)] int? LineCount = null);
}
