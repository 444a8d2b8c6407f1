namespace Navi.Agent.Workspace;

/// <summary>
/// Paths of one task's workspace:
/// <c>repo.git</c> history, with what Prepare answered in <c>navi.json</c> · <c>trees/NAME</c> directories ·
/// <c>index/NAME</c> stat caches · <c>finished/NAME</c> the commit that a tree, no longer written to, equals.
/// </summary>
internal sealed record WorkspaceLayout(string Directory)
{
    public string Repository => Path.Combine(Directory, "repo.git");

    public string Answer => Path.Combine(Repository, "navi.json");

    public string Trees => Path.Combine(Directory, "trees");

    public string Tree(string name) => Path.Combine(Trees, name);

    public string Index(string name) => Path.Combine(Directory, "index", name);

    public string Finished(string name) => Path.Combine(Directory, "finished", name);

    public string FinishedDirectory => Path.Combine(Directory, "finished");

    public static WorkspaceLayout Of(string root, string taskId) => new(Path.Combine(root, Id(taskId, "task id")));

    /// <summary>Ids become names of directories and refs, so nothing else than [a-z0-9-] is let through.</summary>
    public static string Id(string id, string what) =>
        id.Length is > 0 and <= 100 && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-')
            ? id
            : throw new WorkspaceException("invalid_id", $"The {what} '{id}' is not 1 to 100 characters of a-z, 0-9 and '-'.");
}
