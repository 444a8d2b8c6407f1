using System.ComponentModel;
using LibGit2Sharp;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Git;

/// <summary>Every file is named by the call, so that the policy decides about each: protected files don't come back unasked.</summary>
internal sealed class GitRestoreStepTool : Tool<GitRestoreStepTool.Arguments>
{
    private const int Most = 200;

    public override string Name => "git_restore_step";

    public override string Description => "Puts files back as they were in an earlier step or commit; a file that was not there then goes away. git_compare lists what differs. The steps since then stay in the history; the restoration is a new step.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolPhase? Phase => ToolPhase.Edit;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        if (context.History.Resolve(arguments.Revision) is not { } wanted)
            return Task.FromResult(GitErrors.NoCommit("revision", arguments.Revision));
        if (arguments.Paths.Count is 0 or > Most)
            return Error($"paths: got {arguments.Paths.Count}; expected 1 to {Most} files.");
        var paths = arguments.Paths.Select(context.Paths.Relative).ToHashSet(StringComparer.Ordinal);
        using var repository = context.History.Store.Open(context.TaskId);
        var (now, then) = (TreeFile.Flatten(repository.Lookup<Commit>(context.History.Commit).Tree), TreeFile.Flatten(repository.Lookup<Commit>(wanted).Tree));
        var changes = new List<FileChange>();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var (before, after) = (now.GetValueOrDefault(path), then.GetValueOrDefault(path));
            if (before is null && after is null)
                return Error(Nowhere(path, wanted, now.Keys.Concat(then.Keys)));
            if (before is { Managed: false } || after is { Managed: false })
                return Error($"'{path}' is a submodule, or has a name that is not UTF-8, and can't be restored.");
            if (before?.Id != after?.Id || before?.Mode != after?.Mode)
                changes.Add(new(path, before, after, null));
        }

        if (changes.Count == 0)
            return Task.FromResult(ToolResult.Ok($"Nothing to restore: these files are as in {wanted[..12]}."));
        TreeRestore.Apply(repository, context.Root, changes);
        RefuseLost(context, changes);
        return Task.FromResult(ToolResult.Ok($"Restored {changes.Count} file{(changes.Count == 1 ? "" : "s")} as in {wanted[..12]}:\n" + string.Join('\n', changes.Select(c => $"{Word(c)} {c.Path}"))));
    }

    // By the rules as they are now, which may have come back with the files. A failure drops everything that was restored.
    private static void RefuseLost(ToolContext context, IReadOnlyList<FileChange> changes)
    {
        using var ignores = context.History.Store.Ignores(context.TaskId, context.Root);
        if (changes.FirstOrDefault(c => c is { Before: null, After: not null } && ignores.IsIgnored(c.Path)) is { } lost)
            throw new IOException($"'{lost.Path}' is ignored and would not be part of the result. Change .gitignore, or leave it out.");
    }

    private static string Nowhere(string path, string commit, IEnumerable<string> all)
    {
        var inside = all.Where(p => path.Length == 0 || p.StartsWith(path + "/", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).Take(5).ToList();
        return inside.Count > 0
            ? $"paths: '{BoundedText.Brief(path)}' is a directory; name its files, such as {string.Join(", ", inside)}."
            : $"paths: '{BoundedText.Brief(path)}' is a file neither now nor in {commit[..12]}.";
    }

    private static string Word(FileChange change) => change.After is null ? "removed" : change.Before is null ? "brought back" : "put back";

    private static Task<ToolResult> Error(string text) => Task.FromResult(ToolResult.Error(text));

    internal sealed record Arguments(
        [Description("Commit id, base or head, also with ~n.")] string Revision,
        [Description("Files, relative to the workspace.")] IReadOnlyList<string> Paths);
}
