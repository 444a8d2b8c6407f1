using System.ComponentModel;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Files;

internal sealed class ApplyPatchTool : Tool<ApplyPatchTool.Arguments>
{
    public override string Name => "apply_patch";

    public override string Description => "Applies a unified diff (as git diff prints it) to one or more files, all of it or nothing. Line numbers may be off; context must match.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            var patches = UnifiedPatch.Parse(arguments.Patch);
            var results = new List<(FilePatch Patch, byte[]? Content)>();
            foreach (var patch in patches)
                results.Add((patch, Apply(context, patch)));
            foreach (var (patch, content) in results)
            {
                var moved = patch.OldPath is not null && patch.OldPath != patch.NewPath ? context.Paths.Resolve(patch.OldPath).Full : null;
                if (content is not null)
                {
                    context.Paths.Write(patch.NewPath!, content);
                    if (moved is not null && !OperatingSystem.IsWindows())
                        File.SetUnixFileMode(context.Paths.Resolve(patch.NewPath!).Full, File.GetUnixFileMode(moved));
                }

                if (moved is not null)
                    File.Delete(moved);
            }

            return Task.FromResult(ToolResult.Ok("Applied:\n" + string.Join('\n', patches.Select(p => p.Summary))));
        }
        catch (FormatException e)
        {
            return Task.FromResult(ToolResult.Error("Nothing was applied. " + e.Message));
        }
    }

    private static byte[]? Apply(ToolContext context, FilePatch patch)
    {
        if (patch.OldPath is null && context.Paths.Resolve(patch.NewPath!).Stat.Kind != Workspace.FileKind.Missing)
            throw new FormatException($"The patch creates '{patch.NewPath}', which exists already.");
        if (patch.NewPath is not null)
        {
            context.Paths.ForWriting(patch.NewPath);
            context.RefuseIgnored(patch.NewPath);
        }

        var file = patch.OldPath is null ? TextFile.Of([])! : context.ReadText(patch.OldPath);
        var text = UnifiedPatch.Apply(patch, file.Text);
        if (patch.NewPath is null)
            return text.Length == 0 ? null : throw new FormatException($"The patch deletes '{patch.OldPath}' but does not remove all of its lines.");
        return file.Encode(text) ?? throw new FormatException($"'{patch.NewPath}' can't hold the new text in its encoding ({file.Encoding.WebName}).");
    }

    internal sealed record Arguments([Description("The unified diff, with --- and +++ lines.")] string Patch);
}
