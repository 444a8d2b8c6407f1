using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitStatusTool : Tool<NoArguments>
{
    public override string Name => "git_status";

    public override string Description => "Lists the files that the task has changed so far, compared with where it started.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Verify;

    protected override Task<ToolResult> RunAsync(ToolContext context, NoArguments arguments, CancellationToken cancellationToken)
    {
        var changes = context.History.ChangedFiles();
        var text = changes.Count == 0
            ? "Nothing has been changed."
            : string.Join('\n', changes.Select(c => c.OldPath is null ? $"{c.Status} {c.Path}" : $"{c.Status} {c.OldPath} -> {c.Path}"));
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(new { @base = context.History.BaseCommit, head = context.History.Commit, changes })));
    }
}
