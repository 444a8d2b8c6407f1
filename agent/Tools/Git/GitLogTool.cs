using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitLogTool : Tool<GitLogTool.Arguments>
{
    public override string Name => "git_log";

    public override string Description => "Lists commits, newest first: the task's own steps and the repository's history before them.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var path = arguments.Path is null ? null : context.Paths.Relative(arguments.Path);
        var entries = context.History.Log(arguments.Count, string.IsNullOrEmpty(path) ? null : path);
        var lines = entries.Select(e => string.Create(CultureInfo.InvariantCulture, $"{e.Commit[..12]} {e.When:yyyy-MM-dd} {e.Author}: {e.Subject}"));
        return Task.FromResult(ToolResult.Ok(entries.Count == 0 ? "No commit was found." : string.Join('\n', lines), ToolText.Json(entries)));
    }

    internal sealed record Arguments(
        [Description("How many commits."), Range(1, 200)] int Count = 20,
        [Description("Only commits that changed this file or directory.")] string? Path = null);
}
