using System.Globalization;
using System.Text.RegularExpressions;
using Navi.Cli.Doctor;

namespace Navi.Cli.Migrations;

/// <summary>A release that one may go back to.</summary>
/// <param name="Name">What the person called it.</param>
/// <param name="Schema">Its last migration.</param>
/// <param name="KnowsTheRule">Whether it accepts a database with newer migrations that only expand; null when only its schema is known.</param>
internal sealed partial record EarlierRelease(string Name, int Schema, bool? KnowsTheRule)
{
    // The file without which a build refuses every newer database.
    private const string Rule = "platform/Data/Expansion/ExpandRules.cs";

    /// <summary>Reads a revision of the repository in the current directory.</summary>
    /// <exception cref="CliException">git, the repository or the revision is not there.</exception>
    public static async Task<EarlierRelease> OfRevisionAsync(string revision, CancellationToken cancellation)
    {
        // What begins with a dash would be an option to git.
        if (revision.Length == 0 || revision.StartsWith('-'))
            throw CliException.Usage($"--to is '{revision}'; it must be a revision of NAVI's repository, such as a tag or a commit.");
        var names = await GitAsync(["ls-tree", "-r", "--name-only", "--full-tree", revision, "--", "platform/Data/Migrations/", Rule], cancellation)
            ?? throw CliException.Usage($"--to is '{revision}', which git does not find here: run the command in a clone of NAVI's repository that has it, or use --schema.");
        var numbers = names.Split('\n').Select(n => MigrationFile().Match(n)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        return numbers.Count == 0
            ? throw CliException.Usage($"--to is '{revision}', which has no platform/Data/Migrations: it is no revision of NAVI.")
            : new EarlierRelease(revision, numbers.Max(), names.Split('\n').Contains(Rule));
    }

    private static async Task<string?> GitAsync(string[] arguments, CancellationToken cancellation) =>
        await Probe.OutputAsync("git", arguments, cancellation) is { ExitCode: 0 } answer ? answer.Output : null;

    [GeneratedRegex(@"^platform/Data/Migrations/(\d{4})_[^/]+\.sql$")]
    private static partial Regex MigrationFile();
}
