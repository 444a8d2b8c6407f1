using System.Diagnostics;
using Navi.Drills.Tools;

namespace Navi.Drills.Rollback;

/// <summary>A revision checked out beside the repository, to be built. It goes when disposed.</summary>
internal sealed class Worktree : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly string repository;
    private readonly string directory;

    private Worktree(string repository, string directory)
    {
        this.repository = repository;
        this.directory = directory;
    }

    /// <summary>The built command.</summary>
    public string Program => Path.Combine(directory, "cli", "bin", "Release", "net10.0", "navi.dll");

    /// <summary>Checks a revision out.</summary>
    /// <exception cref="InvalidOperationException">git can't; the message has what it said.</exception>
    public static async Task<Worktree> CheckOutAsync(string repository, string directory, string revision, CancellationToken cancellation)
    {
        var added = await Tool.RunAsync(repository, "git", ["worktree", "add", "--detach", "--force", directory, revision], cancellation);
        return added.ExitCode == 0 ? new Worktree(repository, directory) : throw new InvalidOperationException($"git worktree add {revision}: {added.Output}");
    }

    /// <summary>Adds a migration to it.</summary>
    public Task AddMigrationAsync(string name, string sql, CancellationToken cancellation) => File.WriteAllTextAsync(Path.Combine(directory, "platform", "Data", "Migrations", name), sql, cancellation);

    /// <summary>Builds the command.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="InvalidOperationException">It can't be built; the message has the log's end.</exception>
    public async Task<TimeSpan> BuildAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        // Analyzers have judged it when it was written. Helpers of a build that outlive it would keep its output open.
        var info = new ProcessStartInfo("dotnet", ["build", "cli/Navi.Cli.csproj", "-c", "Release", "--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory,
        };
        info.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var build = Process.Start(info)!;
        var result = await Tool.EndAsync(build, Patience, cancellation);
        return result.ExitCode == 0 ? began.Elapsed : throw new InvalidOperationException($"It can't be built:\n{result.Output[^Math.Min(4000, result.Output.Length)..]}");
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync(repository, "git", ["worktree", "remove", "--force", directory], CancellationToken.None);
        await Tool.RunAsync(repository, "git", ["worktree", "prune"], CancellationToken.None);
    }
}
