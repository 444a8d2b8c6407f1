using System.ComponentModel;
using System.Text;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class WriteFileTool : Tool<WriteFileTool.Arguments>
{
    public override string Name => "write_file";

    public override string Description => "Creates a file, or replaces all of its content. Directories are made as needed. To change a part of a file use edit_file.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var full = context.Paths.ForWriting(arguments.Path);
        context.RefuseIgnored(arguments.Path);
        var existed = FileStat.Of(full).Kind == FileKind.File;
        var content = Encoding.UTF8.GetBytes(arguments.Content);
        context.Paths.Write(arguments.Path, content);
        return Task.FromResult(ToolResult.Ok($"{(existed ? "Replaced" : "Created")} {context.Paths.Relative(arguments.Path)} ({content.Length} bytes)."));
    }

    internal sealed record Arguments(
        [Description("File, relative to the workspace.")] string Path,
        [Description("The whole new content.")] string Content);
}
