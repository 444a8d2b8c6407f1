using LibGit2Sharp;
using Microsoft.Extensions.Logging;

namespace Navi.Agent.Workspace;

/// <summary>Steps: a directory per attempt, a commit per result, a ref once the ledger has accepted it.</summary>
internal sealed partial class WorkspaceStore
{
    /// <summary>
    /// A directory for this attempt alone, holding the parent commit. The directory of the finished step at that commit is handed over by
    /// rename, with its ignored build caches; one that an unfinished attempt used never is.
    /// </summary>
    public AttemptTree OpenAttempt(string taskId, string callId, int attempt, string parentCommit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempt, 1);
        var layout = Layout(taskId);
        using var repository = Open(taskId);
        var commit = Find(repository, parentCommit);
        var name = $"{WorkspaceLayout.Id(callId, "call id")}-{attempt}";
        var tree = new AttemptTree(taskId, callId, attempt, layout.Tree(name), commit.Sha);
        return Guarded("preparing a step's directory", () =>
        {
            Discard(layout, name);
            if (!TakeOver(layout, name, commit.Sha))
                CheckOut(repository, commit, layout, name);
            return tree;
        });
    }

    /// <summary>
    /// Makes a commit of what the attempt's directory holds and returns its id, or the parent's when nothing changed. Only objects are
    /// written: nothing refers to them until <see cref="Advance(AttemptTree, string)"/>.
    /// </summary>
    public string CommitAttempt(AttemptTree tree, string message)
    {
        var layout = Layout(tree.TaskId);
        using var repository = Open(tree.TaskId);
        var parent = Find(repository, tree.ParentCommit);
        return Guarded("committing a step", () =>
        {
            ElevatedFiles.Strip(tree.Directory);
            using var ignores = Ignores(tree.TaskId, tree.Directory);
            var snapshot = new TreeSnapshot(repository, parent, tree.Directory, StatCache.Load(layout.Index(tree.Name)), ignores);
            var written = snapshot.Write();
            snapshot.Cache.Save(layout.Index(tree.Name));
            if (written.Id == parent.Tree.Id)
                return parent.Sha;
            var signature = new Signature(Author, time.GetUtcNow());
            return repository.ObjectDatabase.CreateCommit(signature, signature, message, written, [parent], prettifyMessage: true).Sha;
        });
    }

    /// <summary>Makes an accepted attempt's commit the task's head, and its directory the one that the next step may take over.</summary>
    public void Advance(AttemptTree tree, string commit)
    {
        Advance(tree.TaskId, tree.CallId, commit);
        var layout = Layout(tree.TaskId);
        Directory.CreateDirectory(layout.FinishedDirectory);
        File.WriteAllText(layout.Finished(tree.Name), commit);
        foreach (var stale in Directory.EnumerateDirectories(layout.Trees, tree.CallId + "-*").Select(Path.GetFileName).Where(n => n != tree.Name && IsAttemptOf(n!, tree.CallId)))
            Discard(layout, stale!);
    }

    /// <summary>
    /// Moves the task's head to a step's commit and remembers it under the call. Repeated, or repeated after later steps, it changes nothing.
    /// Called only after the effect ledger has accepted the attempt.
    /// </summary>
    public void Advance(string taskId, string callId, string commit)
    {
        using var repository = Open(taskId);
        var stepRef = "refs/navi/steps/" + WorkspaceLayout.Id(callId, "call id");
        if (repository.Refs[stepRef]?.TargetIdentifier == commit)
            return;
        var head = (repository.Refs[HeadRef] ?? repository.Refs[BaseRef]).TargetIdentifier;
        var next = Find(repository, commit);
        if (commit != head && next.Parents.All(p => p.Sha != head))
            throw new WorkspaceException("stale_step", $"Step '{callId}' ends at {commit}, which does not follow the task's head {head}.");
        repository.Refs.Add(HeadRef, next.Id, allowOverwrite: true);
        repository.Refs.Add(stepRef, next.Id, allowOverwrite: true);
        LogAdvanced(taskId, callId, commit);
    }

    /// <summary>A directory that holds the commit, shared by readers: nobody may write there.</summary>
    public string ReadTree(string taskId, string commit)
    {
        var layout = Layout(taskId);
        using var repository = Open(taskId);
        var found = Find(repository, commit);
        var name = "read-" + found.Sha;
        return Guarded("preparing a directory to read", () =>
        {
            lock (readLocks.GetOrAdd(taskId, _ => new object()))
            {
                if (Finished(layout, found.Sha) is { } finished)
                    return layout.Tree(finished);
                if (Directory.Exists(layout.Tree(name)))
                    return layout.Tree(name);
                var part = "part-" + Path.GetRandomFileName();
                CheckOut(repository, found, layout, part);
                try
                {
                    Directory.Move(layout.Tree(part), layout.Tree(name));
                }
                catch (IOException) when (Directory.Exists(layout.Tree(name)))
                {
                    Delete(layout.Tree(part));
                }

                return layout.Tree(name);
            }
        });
    }

    /// <summary>A writable directory of this attempt at the commit, which never becomes a step: see <see cref="CloseScratch"/>.</summary>
    public AttemptTree OpenScratch(string taskId, string callId, int attempt, string commit)
    {
        var layout = Layout(taskId);
        using var repository = Open(taskId);
        var found = Find(repository, commit);
        var name = $"scratch-{WorkspaceLayout.Id(callId, "call id")}-{attempt}";
        return Guarded("preparing a scratch directory", () =>
        {
            Discard(layout, name);
            CheckOut(repository, found, layout, name);
            return new AttemptTree(taskId, callId, attempt, layout.Tree(name), found.Sha);
        });
    }

    /// <summary>Throws a scratch directory away.</summary>
    public void CloseScratch(AttemptTree tree) => Discard(Layout(tree.TaskId), tree.Name);

    /// <summary>The ignore rules as they stand in a directory of the task.</summary>
    public IgnoreRules Ignores(string taskId, string directory)
    {
        var layout = Layout(taskId);
        var index = layout.Index(Path.GetFileName(directory) + ".git");
        return new(new Repository(layout.Repository, new RepositoryOptions { WorkingDirectoryPath = directory, IndexPath = index }), directory);
    }

    private static Commit Find(Repository repository, string commit) => repository.Lookup<Commit>(commit)
        ?? throw new WorkspaceException("unknown_commit", $"The workspace has no commit '{commit}'.");

    // What a full disk cut short is removed: it holds the space that the next attempt needs.
    private static void CheckOut(Repository repository, Commit commit, WorkspaceLayout layout, string name)
    {
        try
        {
            TreeCheckout.Write(repository, commit, layout.Tree(name)).Save(layout.Index(name));
        }
        catch
        {
            Discard(layout, name);
            throw;
        }
    }

    // The finished mark goes first: whatever happens after it, nobody takes this directory for one that equals its commit.
    private static bool TakeOver(WorkspaceLayout layout, string name, string commit)
    {
        if (Finished(layout, commit) is not { } finished)
            return false;
        File.Delete(layout.Finished(finished));
        Directory.Move(layout.Tree(finished), layout.Tree(name));
        if (File.Exists(layout.Index(finished)))
            File.Move(layout.Index(finished), layout.Index(name), overwrite: true);
        return true;
    }

    private static string? Finished(WorkspaceLayout layout, string commit)
    {
        if (!Directory.Exists(layout.FinishedDirectory))
            return null;
        return Directory.EnumerateFiles(layout.FinishedDirectory)
            .Where(f => File.ReadAllText(f) == commit)
            .Select(f => Path.GetFileName(f))
            .FirstOrDefault(n => Directory.Exists(layout.Tree(n)));
    }

    private static bool IsAttemptOf(string name, string callId) =>
        name.Length > callId.Length + 1 && name.AsSpan(callId.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static void Discard(WorkspaceLayout layout, string name)
    {
        foreach (var file in new[] { layout.Finished(name), layout.Index(name) }.Where(File.Exists))
            File.Delete(file);
        Delete(layout.Tree(name));
    }

    private static T Guarded<T>(string doing, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or LibGit2SharpException && DiskFull.Is(e))
        {
            throw DiskFull.Error(doing, e);
        }
    }

    [LoggerMessage(EventId = 3101, Level = Microsoft.Extensions.Logging.LogLevel.Debug, Message = "Task {TaskId} advanced to {Commit} by {CallId}.")]
    private partial void LogAdvanced(string taskId, string callId, string commit);
}
