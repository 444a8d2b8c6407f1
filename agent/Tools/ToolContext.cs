using Navi.Agent.Sandbox;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>What one call may use.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CallId">The call, unique in the task.</param>
/// <param name="Attempt">The ledger's attempt number, from 1.</param>
/// <param name="Paths">Resolves paths inside the call's directory.</param>
/// <param name="Ignores">Which paths would not be published.</param>
/// <param name="Commands">Runs commands in the sandbox.</param>
/// <param name="History">The task's own git history, up to the commit the call sees.</param>
internal sealed record ToolContext(
    string TaskId,
    string CallId,
    int Attempt,
    PathGuard Paths,
    IgnoreRules Ignores,
    CommandRunner Commands,
    TaskHistory History)
{
    /// <summary>The directory of the call's tree.</summary>
    public string Root => Paths.Root;

    /// <summary>
    /// The task's regular files by path, without ignored ones, links and what git keeps for itself; with a pattern only those it matches.
    /// </summary>
    public IReadOnlyList<(string Path, FileStat Stat)> Files(string? glob = null)
    {
        var pattern = glob is null ? null : new Glob(glob);
        return
        [
            .. new FileWalk(Root, History.TrackedFiles(), Ignores).Files()
                .Where(f => f.Stat.Kind == FileKind.File && (pattern is null || pattern.Matches(f.Path)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>Refuses a path that would not be published: the change would be lost.</summary>
    public void RefuseIgnored(string path)
    {
        var relative = Paths.Relative(path);
        if (Ignores.IsIgnored(relative) && !History.TrackedFiles().Contains(relative))
            throw new PathRefusedException($"'{relative}' is ignored (by a .gitignore, or as a build product) and would not be part of the result. Choose another path, or change .gitignore first.");
    }
}
