using System.Collections.Concurrent;
using System.Text.Json;
using LibGit2Sharp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Navi.Agent.Workspace;

/// <summary>
/// A task's own copy of a repository, with its own history: every mutating step is a commit, every attempt has its own directory, and only
/// <see cref="Advance(AttemptTree, string)"/> makes a step count. Callers of one task's mutating operations run one after the other.
/// </summary>
internal sealed partial class WorkspaceStore
{
    private const string BaseRef = "refs/navi/base";
    private const string HeadRef = "refs/navi/head";
    private static readonly Identity Author = new("NAVI", "navi@localhost.invalid");

    private readonly WorkspaceOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<WorkspaceStore> logger;
    private readonly RepositoryTransfer transfer;
    private readonly ConcurrentDictionary<string, object> readLocks = new(StringComparer.Ordinal);

    public WorkspaceStore(IOptions<WorkspaceOptions> options, TimeProvider time, ILogger<WorkspaceStore> logger)
    {
        GitSettings.Apply();
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        transfer = new RepositoryTransfer(this.options.TransferTimeout);
    }

    /// <summary>
    /// Copies the repository's HEAD and history. Called again it gives the same answer; what a killed call left behind is replaced.
    /// </summary>
    public async Task<WorkspaceInfo> PrepareAsync(string taskId, string repository, CancellationToken cancellationToken)
    {
        var layout = Layout(taskId);
        if (Prepared(layout) is { } known)
            return known;
        var source = SourceRepository.Parse(repository);
        var (head, dirty) = source.IsLocal ? Inspect(source) : (null, []);
        var part = Path.Combine(layout.Directory, "part-" + Path.GetRandomFileName());
        try
        {
            CreatePrivate(options.Root);
            CreatePrivate(layout.Directory);
            await transfer.CloneAsync(source, head, part, cancellationToken);
            var info = new WorkspaceInfo(BaseOf(part, head, source), [.. dirty.Take(options.LeftOutLimit)], dirty.Count);
            return Adopt(layout, part, info);
        }
        catch (Exception e) when (e is IOException or LibGit2SharpException && DiskFull.Is(e))
        {
            throw DiskFull.Error("preparing the workspace", e);
        }
        finally
        {
            Delete(part);
        }
    }

    /// <summary>The commit that the next step starts from.</summary>
    public string Head(string taskId)
    {
        using var repository = Open(taskId);
        return (repository.Refs[HeadRef] ?? repository.Refs[BaseRef]).TargetIdentifier;
    }

    /// <summary>The commit that the task started from.</summary>
    public string Base(string taskId)
    {
        using var repository = Open(taskId);
        return repository.Refs[BaseRef].TargetIdentifier;
    }

    /// <summary>
    /// Deletes everything the task has on this disk. Done twice it is the same.
    /// </summary>
    public void Remove(string taskId) => Delete(Layout(taskId).Directory);

    /// <summary>Makes the commit a branch of the source. The same branch at the same commit is the same result; at another it is an error.</summary>
    public Task<PublishResult> PublishAsync(string taskId, string repository, string branch, string commit, CancellationToken cancellationToken) =>
        new BranchPublisher(transfer).PublishAsync(Layout(taskId), SourceRepository.Parse(repository), branch, commit, cancellationToken);

    /// <summary>The task's history for read-only use, up to <paramref name="commit"/>.</summary>
    public TaskHistory History(string taskId, string commit) => new(this, taskId, Base(taskId), commit);

    internal Repository Open(string taskId)
    {
        var layout = Layout(taskId);
        return Prepared(layout) is not null
            ? new Repository(layout.Repository)
            : throw new WorkspaceException("not_found", $"Task '{taskId}' has no workspace here; prepare it first.");
    }

    private WorkspaceLayout Layout(string taskId) => WorkspaceLayout.Of(options.Root, taskId);

    private static (string Head, List<string> Dirty) Inspect(SourceRepository source)
    {
        using var repository = source.Open();
        var head = repository.Head.Tip?.Sha
            ?? throw new WorkspaceException("no_commits", $"'{source.Address}' has no commit on its current branch; commit something first.");
        return (head, SourceRepository.DirtyPaths(repository));
    }

    private static string BaseOf(string clone, string? head, SourceRepository source)
    {
        using var repository = new Repository(clone);
        Configure(repository);
        if (head is not null && repository.Lookup<Commit>(head) is null)
            throw new WorkspaceException("clone_failed", $"The copy of '{source.Shown}' lacks its HEAD {head}.");
        var commit = (head is null ? repository.Head.Tip : repository.Lookup<Commit>(head))
            ?? throw new WorkspaceException("no_commits", $"'{source.Shown}' has no commits.");
        // A tree that can't be laid out is said now, not at the first step.
        TreeFile.Flatten(commit.Tree);
        return commit.Sha;
    }

    private static void Configure(Repository repository)
    {
        repository.Config.Set("core.autocrlf", false);
        repository.Config.Set("core.fsyncObjectFiles", true);
    }

    // Complete before the rename, which decides between two processes that prepare the same task.
    private static WorkspaceInfo Adopt(WorkspaceLayout layout, string part, WorkspaceInfo info)
    {
        using (var repository = new Repository(part))
            repository.Refs.Add(BaseRef, new ObjectId(info.BaseCommit), allowOverwrite: true);
        File.WriteAllBytes(Path.Combine(part, "navi.json"), JsonSerializer.SerializeToUtf8Bytes(info));
        try
        {
            Directory.Move(part, layout.Repository);
        }
        catch (IOException) when (Directory.Exists(layout.Repository))
        {
            return Prepared(layout) ?? throw new WorkspaceException("clone_failed", $"'{layout.Repository}' exists and is not a prepared workspace; remove it.");
        }

        return info;
    }

    private static WorkspaceInfo? Prepared(WorkspaceLayout layout) =>
        File.Exists(layout.Answer) ? JsonSerializer.Deserialize<WorkspaceInfo>(File.ReadAllBytes(layout.Answer)) : null;

    // Nobody else on the machine may read a task's files. A directory that is there already keeps what its owner chose.
    private static void CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
