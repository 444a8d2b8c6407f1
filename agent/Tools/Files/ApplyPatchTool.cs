using System.ComponentModel;
using Navi.Agent.Effects;
using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tools.Files;

internal sealed class ApplyPatchTool : Tool<ApplyPatchTool.Arguments>
{
    public override string Name => "apply_patch";

    public override string Description =>
        "Applies a patch to one or more files, all of it or nothing: a unified diff as git diff prints it, a patch between '*** Begin Patch' and '*** End Patch', or search/replace blocks below the file's path. "
        + "Line numbers may be off; blanks, indentation or typographic signs may differ, and up to two lines of context may be wrong, where only one place fits.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var draft = new PatchDraft(context);
        try
        {
            var patches = PatchFormats.Parse(arguments.Patch, draft.Exists);
            foreach (var patch in patches)
                draft.Apply(patch);
            draft.Write();
            return Task.FromResult(ToolResult.Ok("Applied:\n" + string.Join('\n', [.. patches.Select(patch => patch.Summary), .. draft.Notes])));
        }
        catch (FormatException e)
        {
            return Task.FromResult(ToolResult.Error("Nothing was applied. " + e.Message));
        }
    }

    internal sealed record Arguments([Description("The patch, with the path of every file in it.")] string Patch);
}
