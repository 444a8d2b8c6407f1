using System.Diagnostics;
using System.Globalization;
using Navi.Drills.Monitoring;
using Navi.Platform.Data;
using Navi.Platform.Data.Local;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Testing;
using Navi.Testing.Running;
using Npgsql;

namespace Navi.Drills.Rollback;

/// <summary><c>navi drill rollback</c>: the release before this one, and one after it, on each other's schema, with real builds and processes.</summary>
internal sealed class RollbackDrill(DrillReport report, string root, string repository)
{
    private const string AddsAColumn = "SET LOCAL ROLE navi_owner;\nALTER TABLE navi.tasks ADD COLUMN drilled text;\n";
    private const string TakesItAway = "SET LOCAL ROLE navi_owner;\nALTER TABLE navi.tasks DROP COLUMN drilled;\n";

    private readonly History history = new(repository);

    /// <summary>Runs it and prints a line for each part; 1 when a part failed or could not be tried.</summary>
    public static async Task<int> RunAsync(RollbackOptions options, TextWriter output, CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("navi-rollback-").FullName;
        // As root the database's server runs as another user, who must be able to pass through.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            var report = new DrillReport(output);
            var drill = new RollbackDrill(report, root, SourceTree.Root);
            Repositories.Python(drill.Probe);
            // Releases of one installation have its wrapping key in common.
            NewKeyFile.Make(Directory.CreateDirectory(drill.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName, Release.KeyId);
            if (options.Before)
                await drill.BeforeAsync(cancellation);
            if (options.After)
                await drill.AfterAsync(cancellation);
            return report.Failures == 0 ? 0 : 1;
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await LocalCluster.StopAsync(Path.Combine(root, "database"), CancellationToken.None);
            Directory.Delete(root, recursive: true);
        }
    }

    private string Probe => Path.Combine(root, "repository");

    private string Keys => Path.Combine(root, "keys");

    private async Task BeforeAsync(CancellationToken cancellation)
    {
        if (await history.BeforeAsync(cancellation) is not { } before)
        {
            await report.AddAsync("the release before", "not tried: the history of this clone does not reach back to a revision with fewer migrations. A full clone has it: git fetch --unshallow");
            return;
        }
        var worksHere = before.KnowsTheRule && MigrationSet.All.Where(m => before.Newer.Contains(m.Number)).All(m => m.Expands);
        await using var tree = await Worktree.CheckOutAsync(repository, Path.Combine(root, "before"), before.Commit, cancellation);
        var built = await tree.BuildAsync(cancellation);
        await report.SayAsync($"the release before is {before.Short} with {before.Migrations.Count} migrations, this one has {MigrationSet.All.Count}; built in {Seconds(built)}");
        var database = await DatabaseAsync("before", cancellation);
        var (now, old) = (New("this-before", Release.ThisProgram, database), New("before-home", tree.Program, database));
        await ExpectAsync("this build migrates", 0, null, now, ["migrate"], cancellation);
        await ExpectAsync($"navi rollback-check says that {before.Short} {(worksHere ? "works" : "may not work")} on this schema", worksHere ? 0 : 1, null, now, ["rollback-check", "--to", before.Commit], cancellation);
        var state = await StateAsync(database, cancellation);
        if (worksHere)
            await WorksAsync($"{before.Short} starts on this build's schema, takes a task to its end and passes the smoke test", old, null, cancellation);
        else
            await ExpectAsync($"{before.Short} refuses this build's schema{(before.KnowsTheRule ? "" : ": it is older than the rule")}", 4, "does not know", old, ["up", "--port", "0"], cancellation);
        if (!worksHere)
            await report.AddAsync("it has changed nothing", await StateAsync(database, cancellation) == state ? null : "migrations or tables are not what they were");
        await WorksAsync("this build works on it afterwards", now, null, cancellation);
        await report.SayAsync($"going back works from {await history.RuleSinceAsync(cancellation) ?? "this build (not in the history yet)"} on");
    }

    private async Task AfterAsync(CancellationToken cancellation)
    {
        if (await history.GitAsync(["rev-parse", "--short=9", "HEAD"], cancellation) is not { } head || await history.GitAsync(["cat-file", "-e", $"HEAD:{History.Rule}"], cancellation) is null)
        {
            await report.AddAsync("a release after", "not tried: this is no clone of the repository, or the rule is not committed");
            return;
        }
        await using var tree = await Worktree.CheckOutAsync(repository, Path.Combine(root, "after"), "HEAD", cancellation);
        await tree.AddMigrationAsync("9001_more.sql", AddsAColumn, cancellation);
        await report.SayAsync($"a release after is {head} and a migration that adds a column; built in {Seconds(await tree.BuildAsync(cancellation))}");
        var database = await DatabaseAsync("after", cancellation);
        var (now, next) = (New("this-after", Release.ThisProgram, database), New("after-home", tree.Program, database));
        await ExpectAsync("it migrates", 0, "applied 9001", next, ["migrate"], cancellation);
        await WorksAsync("this build starts on its schema, takes a task to its end and passes the smoke test; then one that takes the column away migrates, and this build's process is not ready", now, async service =>
        {
            await tree.AddMigrationAsync("9002_less.sql", TakesItAway, cancellation);
            await tree.BuildAsync(cancellation);
            await ExpectAsync("a release that drops the column migrates", 0, "applied 9002", next, ["migrate"], cancellation);
            var said = "";
            await Wait.UntilAsync(async () =>
            {
                using var ready = await service.Http.GetAsync("/readyz", cancellation);
                said = await ready.Content.ReadAsStringAsync(cancellation);
                return !ready.IsSuccessStatusCode;
            }, () => $"the process is still ready: {said}");
            return said.Contains("9002", StringComparison.Ordinal) ? [] : [$"/readyz says: {said}"];
        }, cancellation);
        await report.AddAsync("its log warns of the migration that only expands", now.Log.Contains("\"event\":4603", StringComparison.Ordinal) ? null : "there is no event 4603");
        await ExpectAsync("this build refuses the schema of the one that drops the column", 4, "9002_less.sql", now, ["up", "--port", "0"], cancellation);
    }

    private async Task WorksAsync(string what, Release release, Func<Service, Task<IReadOnlyList<string>>>? meanwhile, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        string? problem;
        try
        {
            problem = await release.WorksAsync(meanwhile, cancellation) is { Count: > 0 } problems ? string.Join('\n', problems) : null;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            problem = e.Message;
        }
        await report.AddAsync($"{what} ({Seconds(began.Elapsed)})", problem);
    }

    private async Task ExpectAsync(string what, int code, string? said, Release release, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var result = await release.RunAsync(arguments, cancellation);
        var fits = result.ExitCode == code && (said is null || result.Output.Contains(said, StringComparison.Ordinal));
        await report.AddAsync(what, fits ? null : $"exit code {result.ExitCode} instead of {code}, or '{said}' is missing in:\n{result.Output}");
    }

    private Release New(string place, string program, string database) => new(program, Directory.CreateDirectory(Path.Combine(root, place)).FullName, database, Probe, Keys);

    private Task<string> DatabaseAsync(string name, CancellationToken cancellation) => LocalCluster.StartAsync(new LocalClusterOptions(Path.Combine(root, "database")) { Database = name, Durable = false }, cancellation);

    private static async Task<string> StateAsync(string database, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT (SELECT string_agg(number || checksum || applied_at, ',' ORDER BY number) FROM public.navi_migrations) || (SELECT string_agg(oid || relname || relnatts, ',' ORDER BY oid) FROM pg_class WHERE relnamespace IN ('navi'::regnamespace, 'public'::regnamespace, 'durable'::regnamespace))");
        return (string)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
