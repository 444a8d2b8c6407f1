using System.ComponentModel;
using System.Globalization;
using System.Text;
using LibGit2Sharp;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Git;

internal sealed class GitCompareTool : Tool<GitCompareTool.Arguments>
{
    private const int MostCommits = 20;

    public override string Name => "git_compare";

    public override string Description => "Compares two commits or branches: how many commits each is ahead, which ones, and the files that differ with lines added and removed. git_diff shows the lines.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.From) is not { } fromSha)
            return Task.FromResult(GitErrors.NoCommit("from", arguments.From));
        if (context.History.Resolve(arguments.To) is not { } toSha)
            return Task.FromResult(GitErrors.NoCommit("to", arguments.To));
        using var repository = context.History.Store.Open(context.TaskId);
        var (from, to) = (repository.Lookup<Commit>(fromSha), repository.Lookup<Commit>(toSha));
        var apart = repository.ObjectDatabase.CalculateHistoryDivergence(to, from);
        var text = new StringBuilder();
        text.AppendLine(apart.CommonAncestor is null
            ? "They have no common history."
            : $"{arguments.To} is {apart.AheadBy ?? 0} commits ahead of {arguments.From} and {apart.BehindBy ?? 0} behind; they part at {apart.CommonAncestor.Sha[..12]}.");
        var ahead = repository.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = to, ExcludeReachableFrom = from, SortBy = CommitSortStrategies.Topological | CommitSortStrategies.Time });
        foreach (var commit in ahead.Take(MostCommits))
            text.AppendLine(CultureInfo.InvariantCulture, $"+ {commit.Sha[..12]} {commit.Author.When:yyyy-MM-dd} {commit.Author.Name}: {commit.MessageShort}");
        if (apart.AheadBy > MostCommits)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{apart.AheadBy - MostCommits} more commits]");

        var changes = WorkspaceDiff.Changes(from.Tree, to.Tree).Select(c => c.Summary).ToList();
        // Without renames, which are told apart above: a file that was only moved changes no line.
        using var counts = repository.Diff.Compare<PatchStats>(from.Tree, to.Tree, new LibGit2Sharp.CompareOptions { Similarity = SimilarityOptions.None });
        var changed = changes.Where(c => c.OldPath is null).Select(c => counts[c.Path]).OfType<ContentChangeStats>().ToList();
        text.AppendLine(CultureInfo.InvariantCulture, $"{changes.Count} files differ, {changed.Sum(c => c.LinesAdded)} lines added, {changed.Sum(c => c.LinesDeleted)} removed.");
        foreach (var change in changes)
            text.AppendLine(Line(change, counts));
        return Task.FromResult(ToolResult.Ok(text.ToString(), ToolText.Json(new { from = fromSha, to = toSha, ahead = apart.AheadBy, behind = apart.BehindBy, common = apart.CommonAncestor?.Sha, changes })));
    }

    private static string Line(ChangedFile change, PatchStats counts)
    {
        var name = change.OldPath is null ? change.Path : $"{change.OldPath} -> {change.Path}";
        return counts[change.Path] is { } lines && change.OldPath is null ? $"{change.Status} {name} (+{lines.LinesAdded} -{lines.LinesDeleted})" : $"{change.Status} {name}";
    }

    internal sealed record Arguments(
        [Description("Commit id, branch, base or head, also with ~n.")] string From = "base",
        [Description("Commit id, branch, base or head, also with ~n.")] string To = "head");
}
