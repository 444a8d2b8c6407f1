using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using LibGit2Sharp;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Git;

internal sealed class GitListBranchesTool : Tool<GitListBranchesTool.Arguments>
{
    public override string Name => "git_list_branches";

    public override string Description => "Lists the repository's branches as they were when the task began, newest first, with how far each is from where the task started.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        using var repository = context.History.Store.Open(context.TaskId);
        var start = repository.Lookup<Commit>(context.History.BaseCommit);
        // A clone has the source's branches as those of its origin, and one of them a second time.
        var branches = repository.Branches.Where(b => b.Tip is not null && !b.FriendlyName.EndsWith("/HEAD", StringComparison.Ordinal))
            .Select(b => (Name: b.IsRemote ? b.FriendlyName[(b.RemoteName.Length + 1)..] : b.FriendlyName, b.Tip))
            .DistinctBy(b => b.Name).OrderByDescending(b => b.Tip.Committer.When).ThenBy(b => b.Name, StringComparer.Ordinal).ToList();
        var shown = new List<object>();
        var lines = new List<string>();
        foreach (var branch in branches.Take(arguments.MaxResults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var apart = repository.ObjectDatabase.CalculateHistoryDivergence(branch.Tip, start);
            var distance = apart.CommonAncestor is null ? "no common history" : $"{apart.AheadBy ?? 0} ahead, {apart.BehindBy ?? 0} behind";
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{branch.Name} {branch.Tip.Sha[..12]} {branch.Tip.Committer.When:yyyy-MM-dd} {distance}: {branch.Tip.MessageShort}"));
            shown.Add(new { name = branch.Name, commit = branch.Tip.Sha, ahead = apart.AheadBy, behind = apart.BehindBy });
        }

        if (branches.Count > shown.Count)
            lines.Add($"[{branches.Count - shown.Count} more]");
        return Task.FromResult(ToolResult.Ok(lines.Count == 0 ? "The repository has no branches." : string.Join('\n', lines), ToolText.Json(shown)));
    }

    internal sealed record Arguments([Description("The most branches to list."), Range(1, 500)] int MaxResults = 50);
}
