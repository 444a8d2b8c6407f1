using System.ComponentModel;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class MoveFileTool : Tool<MoveFileTool.Arguments>
{
    public override string Name => "move_file";

    public override string Description => "Moves or renames a file or a directory. The target must not exist.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var (from, stat) = context.Paths.Resolve(arguments.From);
        if (stat.Kind == FileKind.Missing)
            return Error($"'{arguments.From}' does not exist.");
        if (from == context.Root)
            return Error("The workspace itself can't be moved.");
        var (to, there) = context.Paths.Resolve(arguments.To);

        // Changing only the case of a name is a rename to what the guard would take for a twin.
        if (!to.Equals(from, StringComparison.OrdinalIgnoreCase) && there.Kind == FileKind.Missing)
            to = context.Paths.ForWriting(arguments.To);
        if (there.Kind != FileKind.Missing)
            return Error($"'{arguments.To}' exists already; delete it first or choose another name.");
        if (to.StartsWith(from + "/", StringComparison.Ordinal))
            return Error($"'{arguments.To}' lies inside '{arguments.From}'.");
        context.RefuseIgnored(arguments.To);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
        return Task.FromResult(ToolResult.Ok($"Moved {context.Paths.Relative(arguments.From)} to {context.Paths.Relative(arguments.To)}."));
    }

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("What to move, relative to the workspace.")] string From,
        [Description("Its new path.")] string To);
}
