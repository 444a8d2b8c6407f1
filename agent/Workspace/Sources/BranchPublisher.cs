using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Puts a commit of a task's history into the source as a new branch. Nothing else of the source changes.</summary>
internal sealed class BranchPublisher(RepositoryTransfer transfer)
{
    public async Task<PublishResult> PublishAsync(WorkspaceLayout layout, SourceRepository target, string branch, string commit, CancellationToken cancellationToken)
    {
        var name = "refs/heads/" + branch;
        if (!Reference.IsValidName(name) || branch.StartsWith('-'))
            throw new WorkspaceException("invalid_branch", $"'{branch}' is not a valid branch name.");
        var staged = "refs/navi/publish/" + branch;
        using (var own = new Repository(layout.Repository))
        {
            if (own.Lookup<Commit>(commit) is null)
                throw new WorkspaceException("unknown_commit", $"The workspace has no commit {commit}.");
            own.Refs.Add(staged, new ObjectId(commit), allowOverwrite: true);
        }

        var there = await ReadAsync(target, name, cancellationToken);
        if (there is null)
        {
            await SendAsync(layout, target, commit, staged, name, cancellationToken);
            there = await ReadAsync(target, name, cancellationToken);
        }

        return there == commit
            ? new(branch, commit, target.Shown)
            : throw new WorkspaceException("branch_exists", $"Branch '{branch}' of '{target.Shown}' is at {there ?? "no commit"}, not at {commit}; it was left alone. Delete or rename it.");
    }

    private async Task<string?> ReadAsync(SourceRepository target, string name, CancellationToken cancellationToken)
    {
        string? sha = null;
        await transfer.BoundedAsync("publish_failed", $"reading the branches of '{target.Shown}'", _ =>
        {
            if (target.IsLocal)
            {
                using var repository = target.Open();
                sha = repository.Refs[name]?.ResolveToDirectReference()?.TargetIdentifier;
            }
            else
            {
                sha = Repository.ListRemoteReferences(target.Address).FirstOrDefault(r => r.CanonicalName == name)?.TargetIdentifier;
            }
        }, cancellationToken);
        return sha;
    }

    private Task SendAsync(WorkspaceLayout layout, SourceRepository target, string commit, string staged, string name, CancellationToken cancellationToken) =>
        transfer.BoundedAsync("publish_failed", $"publishing to '{target.Shown}'", _ =>
        {
            if (target.IsLocal)
                LocalBranch.Create(layout, target, commit, name);
            else
                Push(layout, target, staged, name);
        }, cancellationToken);

    private static void Push(WorkspaceLayout layout, SourceRepository target, string staged, string name)
    {
        using var own = new Repository(layout.Repository);
        own.Network.Remotes.Remove("publish");
        var remote = own.Network.Remotes.Add("publish", target.Address);
        string? refused = null;
        own.Network.Push(remote, $"{staged}:{name}", new PushOptions { OnPushStatusError = e => refused = e.Message });
        own.Network.Remotes.Remove("publish");
        if (refused is not null)
            throw new LibGit2SharpException(refused);
    }
}
