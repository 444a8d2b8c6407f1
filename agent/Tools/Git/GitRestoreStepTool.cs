using System.ComponentModel;
using LibGit2Sharp;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Git;

/// <summary>
/// Only what the task itself had may come back: every such state was the repository's own or passed the policy step by step, so that no protected file changes past it.
/// </summary>
internal sealed class GitRestoreStepTool : Tool<GitRestoreStepTool.Arguments>
{
    public override string Name => "git_restore_step";

    public override string Description => "Puts files back as they were at an earlier step of this task or at its start, all of them or some paths. The steps since then stay in the history; the restoration is a new step.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.Revision) is not { } wanted)
            return Task.FromResult(GitErrors.NoCommit("revision", arguments.Revision));
        var paths = arguments.Paths?.Select(context.Paths.Relative).ToList();
        if (paths is { Count: 0 })
            return Error("paths: got an empty list; leave it out to restore everything.");
        using var repository = context.History.Store.Open(context.TaskId);
        var steps = repository.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = context.History.Commit, ExcludeReachableFrom = context.History.BaseCommit });
        if (wanted != context.History.BaseCommit && steps.All(c => c.Sha != wanted))
            return Error($"revision: got '{BoundedText.Brief(arguments.Revision)}', which is no step of this task; expected base, head~n or a step that git_log lists after the task began. git_show shows files of other commits.");
        // Without renames: each side of one is a change that paths can choose.
        var changes = WorkspaceDiff.Changes(repository.Lookup<Commit>(context.History.Commit).Tree, repository.Lookup<Commit>(wanted).Tree)
            .SelectMany(Sides)
            .Where(c => paths is null || paths.Exists(p => p.Length == 0 || c.Path == p || c.Path.StartsWith(p + "/", StringComparison.Ordinal)))
            .ToList();
        if (changes.Count == 0)
            return Task.FromResult(ToolResult.Ok($"Nothing to restore: {(paths is null ? "the files" : "these paths")} are as in {wanted[..12]}."));
        if (changes.FirstOrDefault(c => !((c.Before?.Managed ?? true) && (c.After?.Managed ?? true))) is { } foreign)
            return Error($"'{foreign.Path}' is a submodule, or has a name that is not UTF-8, and can't be restored; choose other paths.");
        if (changes.FirstOrDefault(c => c.Before is null && context.Ignores.IsIgnored(c.Path)) is { } ignored)
            return Error($"'{ignored.Path}' is ignored now and would not be kept. Restore .gitignore first (paths: [\".gitignore\"]), or choose other paths.");
        TreeRestore.Apply(repository, context.Root, changes);
        return Task.FromResult(ToolResult.Ok($"Restored {changes.Count} path{(changes.Count == 1 ? "" : "s")} as in {wanted[..12]}:\n" + string.Join('\n', changes.Select(c => $"{Word(c)} {c.Path}"))));
    }

    private static IEnumerable<FileChange> Sides(FileChange change) => change.OldPath is null
        ? [change]
        : [new(change.OldPath, change.Before, null, null), new(change.Path, null, change.After, null)];

    private static string Word(FileChange change) => change.After is null ? "removed" : change.Before is null ? "brought back" : "put back";

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("A step's commit id, base, or head~n.")] string Revision,
        [Description("Files or directories; without it, everything.")] IReadOnlyList<string>? Paths = null);
}
