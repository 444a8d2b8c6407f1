using System.ComponentModel;
using System.Text;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitDiffTool : Tool<GitDiffTool.Arguments>
{
    public override string Name => "git_diff";

    public override string Description => "Shows a unified diff between two commits; without arguments everything the task has changed.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override int OutputLimit => 32_000;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.From) is not { } from)
            return Task.FromResult(GitErrors.NoCommit("from", arguments.From));
        if (context.History.Resolve(arguments.To) is not { } to)
            return Task.FromResult(GitErrors.NoCommit("to", arguments.To));
        var patch = context.History.Store.Diff(context.TaskId, from, to);
        return Task.FromResult(ToolResult.Ok(patch.Length == 0 ? "There is no difference." : Encoding.UTF8.GetString(patch)));
    }

    internal sealed record Arguments(
        [Description("Commit id, base or head, also with ~n.")] string From = "base",
        [Description("Commit id, base or head, also with ~n.")] string To = "head");
}
