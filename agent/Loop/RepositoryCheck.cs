using Navi.Agent.Workspace;

namespace Navi.Agent.Loop;

/// <summary>Tells a caller at once what is wrong with the repository it named.</summary>
public sealed class RepositoryCheck
{
    /// <summary>Null when the task may be accepted; the copy itself is made, and checked again, by the task.</summary>
    /// <param name="repository">As the caller named it.</param>
    /// <param name="allowDirectories">Directories of this machine are accepted (Local environment).</param>
    public (string Title, string? Detail)? Refusal(string repository, bool allowDirectories)
    {
        try
        {
            if (Uri.TryCreate(repository, UriKind.Absolute, out var url) && url.UserInfo.Length > 0)
                return ("The repository's URL holds a user name or password.", "What a task names is stored and shown to its organisation: give the URL without them.");
            var source = SourceRepository.Parse(repository);
            if (!source.IsLocal)
                return null;
            if (!allowDirectories)
                return ($"'{Shown(repository)}' is a directory of this machine.", "Outside the Local environment a repository is an http or https URL.");
            if (!Path.IsPathFullyQualified(repository) && !repository.Contains("://", StringComparison.Ordinal))
                return ($"'{Shown(repository)}' is a relative path.", "Give the absolute path: the service does not know your directory.");
            using var opened = source.Open();
            return opened.Head.Tip is null ? ($"'{Shown(repository)}' has no commit on its current branch.", "Commit something first.") : null;
        }
        catch (WorkspaceException e)
        {
            return (e.Message, null);
        }
        catch (LibGit2Sharp.LibGit2SharpException e)
        {
            return ($"'{Shown(repository)}' can't be read as a git repository.", e.Message);
        }
    }

    private static string Shown(string value) => Tools.BoundedText.Brief(value);
}
