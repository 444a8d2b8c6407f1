using System.Globalization;
using System.Text.RegularExpressions;
using Navi.Drills.Tools;

namespace Navi.Drills.Rollback;

/// <summary>What git knows of the releases of a repository.</summary>
internal sealed partial class History(string repository)
{
    /// <summary>Without this file a build refuses every newer database.</summary>
    public const string Rule = "platform/Data/Expansion/ExpandRules.cs";

    private const string Migrations = "platform/Data/Migrations/";

    /// <summary>The last revision with fewer migrations than HEAD; null when the history does not reach back to one.</summary>
    public async Task<EarlierRevision?> BeforeAsync(CancellationToken cancellation)
    {
        if (await NumbersAsync("HEAD", cancellation) is not { } now || await GitAsync(["log", "--format=%H", "HEAD", "--", Migrations], cancellation) is not { } log)
            return null;
        foreach (var commit in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // A shallow clone knows the names of parents that it does not have.
            if (await GitAsync(["rev-parse", "--verify", "--quiet", $"{commit}^"], cancellation) is not { } parent || await NumbersAsync(parent, cancellation) is not { } then)
                return null;
            if (then.Count > 0 && then.Count < now.Count)
                return new EarlierRevision(parent, [.. then], [.. now.Except(then).Order()], await GitAsync(["cat-file", "-e", $"{parent}:{Rule}"], cancellation) is not null);
        }
        return null;
    }

    /// <summary>The commit that brought the rule, in short; null when it is not committed or not in the history.</summary>
    public async Task<string?> RuleSinceAsync(CancellationToken cancellation) =>
        await GitAsync(["log", "--diff-filter=A", "--format=%h", "HEAD", "--", Rule], cancellation) is { Length: > 0 } commits ? commits.Split('\n')[^1] : null;

    /// <summary>Runs git there; null when it fails.</summary>
    public async Task<string?> GitAsync(IEnumerable<string> arguments, CancellationToken cancellation) =>
        await Tool.RunAsync(repository, "git", arguments, cancellation) is { ExitCode: 0 } result ? result.Output.Trim() : null;

    private async Task<HashSet<int>?> NumbersAsync(string revision, CancellationToken cancellation) =>
        await GitAsync(["ls-tree", "--name-only", "--full-tree", revision, "--", Migrations], cancellation) is { } files
            ? [.. MigrationFile().Matches(files).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))] : null;

    [GeneratedRegex(@"^platform/Data/Migrations/(\d{4})_[^/]+\.sql$", RegexOptions.Multiline)]
    private static partial Regex MigrationFile();
}
