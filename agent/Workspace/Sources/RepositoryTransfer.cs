using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Copies a source's history into a task's own repository, in bounded time.</summary>
internal sealed class RepositoryTransfer(TimeSpan timeout)
{
    /// <summary>Clones bare into <paramref name="target"/>, which must not exist.</summary>
    public Task CloneAsync(SourceRepository source, string target, CancellationToken cancellationToken) =>
        BoundedAsync("clone_failed", $"cloning '{source.Shown}'", stop =>
        {
            var options = new CloneOptions { IsBare = true, Checkout = false };
            options.FetchOptions.TagFetchMode = TagFetchMode.None;
            options.FetchOptions.OnTransferProgress = _ => !stop.IsCancellationRequested;
            Repository.Clone(source.Address, target, options);
            CopyShallowMarks(source, target);
        }, cancellationToken);

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
