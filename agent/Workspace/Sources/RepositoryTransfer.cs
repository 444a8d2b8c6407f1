using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Copies a source's history into a task's own repository, in bounded time.</summary>
internal sealed class RepositoryTransfer(TimeSpan timeout)
{
    /// <summary>Clones bare into <paramref name="target"/>, which must not exist.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="head">The commit of a local source whose files the copy must have; null for a URL.</param>
    /// <param name="target">The copy.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task CloneAsync(SourceRepository source, string? head, string target, CancellationToken cancellationToken) =>
        BoundedAsync("clone_failed", $"cloning '{source.Shown}'", stop =>
        {
            if (head is null || !TryCopyFiles(source, head, target, stop))
                Clone(source.IsLocal ? new Uri(source.Address).AbsoluteUri : source.Address, target, stop);
            CopyShallowMarks(source, target);
        }, cancellationToken);

    // Given a path, libgit2 links the source's files one by one, ten times faster than reading its objects. Who publishes, commits or collects
    // garbage there meanwhile makes a file vanish before it is linked, or moves an object from a place not yet read to one already read.
    private static bool TryCopyFiles(SourceRepository source, string head, string target, CancellationToken stop)
    {
        try
        {
            Clone(source.Address, target, stop);
            using var copy = new Repository(target);
            if (copy.Lookup<Commit>(head) is { } commit && IsWhole(copy, commit.Tree))
                return true;
        }
        catch (LibGit2SharpException e) when (!stop.IsCancellationRequested && !DiskFull.Is(e))
        {
            // The objects are read instead; what is really wrong with the source is said then.
        }
        if (Directory.Exists(target))
            Directory.Delete(target, recursive: true);
        return false;
    }

    private static bool IsWhole(Repository copy, Tree tree) => tree.All(entry => entry.TargetType switch
    {
        TreeEntryTargetType.GitLink => true,
        TreeEntryTargetType.Tree => entry.Target is Tree inner && IsWhole(copy, inner),
        _ => copy.ObjectDatabase.Contains(entry.Target.Id),
    });

    private static void Clone(string address, string target, CancellationToken stop)
    {
        var options = new CloneOptions { IsBare = true, Checkout = false };
        options.FetchOptions.TagFetchMode = TagFetchMode.None;
        options.FetchOptions.OnTransferProgress = _ => !stop.IsCancellationRequested;
        Repository.Clone(address, target, options);
    }

    /// <summary>
    /// Runs blocking work of libgit2 on a thread of its own. libgit2 can't be interrupted while it waits for a peer: after the time-out the
    /// thread is left to end by itself; it holds nothing but its temporary target.
    /// </summary>
    public async Task BoundedAsync(string code, string doing, Action<CancellationToken> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var token = stop.Token;
        var running = Task.Factory.StartNew(() => work(token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await running.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            await stop.CancelAsync();
            throw new WorkspaceException(code, $"Gave up {doing} after {timeout.TotalSeconds:0} s.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is LibGit2SharpException or IOException)
        {
            throw DiskFull.Is(e) ? DiskFull.Error(doing, e) : new WorkspaceException(code, $"Failed {doing}: {e.Message}", e);
        }
    }

    // A shallow source's history ends at the commits that this file lists; without it the copy looks broken there.
    private static void CopyShallowMarks(SourceRepository source, string target)
    {
        if (!source.IsLocal)
            return;
        using var repository = new Repository(source.Address);
        var marks = Path.Combine(repository.Info.Path, "shallow");
        if (File.Exists(marks))
            File.Copy(marks, Path.Combine(target, "shallow"), overwrite: true);
    }
}
