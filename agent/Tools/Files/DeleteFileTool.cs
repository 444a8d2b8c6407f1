using System.ComponentModel;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class DeleteFileTool : Tool<DeleteFileTool.Arguments>
{
    public override string Name => "delete_file";

    public override string Description => "Deletes a file, or with recursive a directory and all that is in it.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var (full, stat) = context.Paths.Resolve(arguments.Path);
        if (stat.Kind == FileKind.Missing)
            return Task.FromResult(ToolResult.Error($"'{arguments.Path}' does not exist."));
        if (full == context.Root)
            return Task.FromResult(ToolResult.Error("The workspace itself can't be deleted."));
        if (stat.Kind == FileKind.Directory && !arguments.Recursive)
            return Task.FromResult(ToolResult.Error($"'{arguments.Path}' is a directory; set recursive to delete it with all that is in it."));
        if (stat.Kind == FileKind.Directory)
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
        return Task.FromResult(ToolResult.Ok($"Deleted {context.Paths.Relative(arguments.Path)}."));
    }

    internal sealed record Arguments(
        [Description("File or directory, relative to the workspace.")] string Path,
        [Description("Delete a directory with its content.")] bool Recursive = false);
}
