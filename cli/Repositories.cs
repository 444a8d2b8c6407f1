using System.Text.RegularExpressions;

namespace Navi.Cli;

/// <summary>What --repo means.</summary>
internal static partial class Repositories
{
    public static bool IsUrl(string repository) => Url().IsMatch(repository);

    /// <summary>A URL as it is; a directory as its absolute path, checked here where it can be named best.</summary>
    /// <param name="given">What the person said; null for the repository around the current directory.</param>
    /// <param name="onThisMachine">Whether NAVI sees this machine's directories; otherwise a path is passed on as it is.</param>
    /// <exception cref="CliException">No such directory, or not a git repository.</exception>
    public static string Resolve(string? given, bool onThisMachine)
    {
        if (given is not null && (IsUrl(given) || !onThisMachine))
            return given;
        if (given is { Length: 0 })
            throw CliException.Usage("--repo is empty: give a directory or a URL.");
        var start = Path.GetFullPath(given ?? Environment.CurrentDirectory);
        if (!Directory.Exists(start))
            throw CliException.Usage($"There is no directory '{start}'.");
        if (IsRepository(start))
            return start;
        if (given is not null)
            throw CliException.Usage(Around(start) is { } root
                ? $"'{start}' is inside a repository but not its root. Use --repo {Shell.Quote(root)}"
                : $"'{start}' is not a git repository. Make it one: git -C {Shell.Quote(start)} init, and commit what NAVI shall work on.");
        return Around(start) ?? throw CliException.Usage($"'{start}' is not in a git repository. Go to one, or name one with --repo PATH_OR_URL.");
    }

    private static string? Around(string directory)
    {
        for (var at = Path.GetDirectoryName(directory); at is not null; at = Path.GetDirectoryName(at))
        {
            if (IsRepository(at))
                return at;
        }
        return null;
    }

    // A work tree has .git as directory or, for linked trees and submodules, as file; a bare repository is its own.
    private static bool IsRepository(string directory) =>
        Path.Exists(Path.Combine(directory, ".git")) || (File.Exists(Path.Combine(directory, "HEAD")) && Directory.Exists(Path.Combine(directory, "objects")));

    [GeneratedRegex(@"^([a-z][a-z0-9+.-]+://|[^/\s:]+@[^/\s:]+:)", RegexOptions.IgnoreCase)]
    private static partial Regex Url();
}
