using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>
/// A branch made in a local repository: the missing objects as one pack, then the ref. Neither libgit2's push (which takes no repository with a
/// work tree) nor its fetch (which leaves a FETCH_HEAD behind) touches as little.
/// </summary>
internal static class LocalBranch
{
    public static void Create(WorkspaceLayout layout, SourceRepository target, string commit, string name)
    {
        using var own = new Repository(layout.Repository);
        using var theirs = target.Open();
        var missing = Missing(own, theirs, own.Lookup<Commit>(commit));
        if (missing.Count > 0)
            own.ObjectDatabase.Pack(new PackBuilderOptions(PackDirectory(theirs)), builder =>
            {
                foreach (var id in missing)
                    builder.Add(id);
            });
        theirs.Dispose();

        // Opened anew: libgit2 has to see the pack before it accepts a ref to one of its commits.
        using var reopened = target.Open();
        reopened.Refs.Add(name, new ObjectId(commit), allowOverwrite: false);
    }

    // What the target has, it has completely: below a known commit or tree nothing is missing.
    private static HashSet<ObjectId> Missing(Repository own, Repository theirs, Commit commit)
    {
        var missing = new HashSet<ObjectId>();
        var commits = new Stack<Commit>([commit]);
        var trees = new Stack<Tree>();
        bool Lacks(ObjectId id) => !theirs.ObjectDatabase.Contains(id) && missing.Add(id);
        while (commits.TryPop(out var next))
        {
            if (!Lacks(next.Id))
                continue;
            foreach (var parent in next.Parents)
                commits.Push(parent);
            if (Lacks(next.Tree.Id))
                trees.Push(next.Tree);
            while (trees.TryPop(out var tree))
                foreach (var entry in tree.Where(e => e.TargetType != TreeEntryTargetType.GitLink && Lacks(e.Target.Id)))
                    if (entry.Target is Tree inner)
                        trees.Push(inner);
        }

        return missing;
    }

    // A linked work tree keeps its objects in the main repository, which the file commondir names.
    private static string PackDirectory(Repository repository)
    {
        var common = Path.Combine(repository.Info.Path, "commondir");
        var root = File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), repository.Info.Path) : repository.Info.Path;
        return Directory.CreateDirectory(Path.Combine(root, "objects", "pack")).FullName;
    }
}
