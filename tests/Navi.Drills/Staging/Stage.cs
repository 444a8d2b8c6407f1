using Navi.Drills.Runbooks;
using Navi.Platform.Data.Local;
using Navi.Testing;
using Navi.Testing.Running;
using Npgsql;

namespace Navi.Drills.Staging;

/// <summary>
/// A whole installation for a drill: a private PostgreSQL, two simulated providers and NAVI in processes of their own, Prometheus and Alertmanager, and the shell of an operator
/// with the variables that docs/ONCALL_PLAYBOOK.md asks for. Everything ends with it.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string root;
    private readonly int port = FreePort.Take();
    private readonly Dictionary<string, string> environment;
    private ModelServer? main;
    private ModelServer? backup;
    private Watch? watch;
    private Traffic? traffic;

    private Stage(string root, string database)
    {
        this.root = root;
        Database = database;
        Settings = new Settings(Path.Combine(root, "navi.env"));
        SlowStart = new SlowStart(root, OtherDisk);
        environment = Environment();
        Shell = new OperatorShell(root, environment);
    }

    /// <summary>Npgsql connection string of the database.</summary>
    public string Database { get; }

    /// <summary>NAVI's home at the beginning.</summary>
    public string Home => Path.Combine(root, "home");

    /// <summary>A directory for NAVI's work on what stands for another disk.</summary>
    public string OtherDisk => Path.Combine(root, "other-disk");

    /// <summary>Where NAVI answers, whichever process it is.</summary>
    public Uri Address => new($"http://127.0.0.1:{port}");

    /// <summary>The local administrator's token.</summary>
    public string Token => File.ReadAllText(Path.Combine(root, "config", "token")).Trim();

    public Settings Settings { get; }

    /// <summary>Makes the disk of the workspaces slow.</summary>
    public SlowStart SlowStart { get; }

    public OperatorShell Shell { get; }

    /// <summary>The first of the configured models.</summary>
    public ModelServer Main => main!;

    public ModelServer Backup => backup!;

    public Watch Watch => watch!;

    /// <summary>What people ask of it all the while.</summary>
    public Traffic Traffic => traffic!;

    /// <summary>A repository that tasks may be about.</summary>
    public string Repository => Path.Combine(root, "repository");

    /// <summary>A client that asks as the local administrator.</summary>
    public HttpClient Client() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", Token) } };

    /// <summary>Starts everything and waits until NAVI is scraped.</summary>
    public static async Task<Stage> StartAsync(CancellationToken cancellation)
    {
        var root = Directory.CreateTempSubdirectory("navi-drill-").FullName;
        // As root the database's server runs as another user, who must be able to pass through.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var stage = new Stage(root, await LocalCluster.StartAsync(new LocalClusterOptions(Path.Combine(root, "database")), cancellation));
        try
        {
            await stage.PrepareAsync(cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts NAVI again by the playbook's own commands, with the settings as they are then.</summary>
    public async Task RestartAsync(CancellationToken cancellation)
    {
        var restart = OperatorDocument.Read("docs/ONCALL_PLAYBOOK.md").Section("Restart NAVI").Blocks.First();
        var shown = await Shell.RunAsync(restart, TimeSpan.Zero, cancellation);
        if (!shown.Fits)
            throw new InvalidOperationException($"{restart.Place} does not start NAVI:\n{shown.Difference}\n{(File.Exists(UpLog) ? File.ReadAllText(UpLog) : "")}");
    }

    /// <summary>Writes the settings of a healthy NAVI: two models with prices, a small pool, short pauses; and <paramref name="more"/>.</summary>
    public void WriteSettings(params IEnumerable<(string Name, string Value)> more) => Settings.Write(
    [
        .. Model(0, "main", Main), .. Model(1, "backup", Backup),
        ("Navi__Database__PoolSize", "6"), ("Navi__Telemetry__DailyCostTargetUsd", "40"), ("Navi__Telemetry__FlushSeconds", "1"), ("Navi__Probe__Repository", Repository),
        // Shortened as the rules' durations are.
        ("Navi__Models__RetryDelay", "00:00:00.1"), ("Navi__Models__BreakDuration", "00:00:01"), .. more,
    ]);

    /// <summary>Process ids of the NAVIs that run here.</summary>
    public IReadOnlyList<int> Processes() => Directory.Exists(Path.Combine(Home, "run"))
        ? [.. Directory.GetFiles(Path.Combine(Home, "run"), "*.json").Select(f => int.Parse(Path.GetFileNameWithoutExtension(f), System.Globalization.CultureInfo.InvariantCulture))]
        : [];

    public async ValueTask DisposeAsync()
    {
        if (traffic is not null)
            await traffic.DisposeAsync();
        if (Directory.Exists(Home))
            await Shell.RunAsync("navi down", CancellationToken.None);
        if (watch is not null)
            await watch.DisposeAsync();
        if (main is not null)
            await main.DisposeAsync();
        if (backup is not null)
            await backup.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await LocalCluster.StopAsync(Path.Combine(root, "database"), CancellationToken.None);
        Directory.Delete(root, recursive: true);
    }

    private string UpLog => Path.Combine(Home, "logs", "up.log");

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.Combine(Home, "logs"));
        Directory.CreateDirectory(OtherDisk);
        SlowStart.WriteCommand(Path.Combine(root, "bin"));
        Repositories.Python(Repository);
        main = await ModelServer.StartAsync(Scenarios.Quick(), cancellation);
        backup = await ModelServer.StartAsync(Scenarios.Quick(), cancellation);
        WriteSettings();
        await RestartAsync(cancellation);
        watch = await Watch.StartAsync(Directory.CreateDirectory(Path.Combine(root, "watch")).FullName, Address, Token, cancellation);
        (environment["PROMETHEUS_URL"], environment["ALERTMANAGER_URL"]) = (watch.Prometheus.Address.ToString().TrimEnd('/'), watch.Alertmanager.ToString().TrimEnd('/'));
        traffic = new Traffic(Address, Token, Repository);
        await Wait.UntilAsync(async () => (await watch.Prometheus.QueryAsync("navi_build_info", cancellation)).Count == 1 && (await watch.Prometheus.QueryAsync("sum(navi_tasks_total)", cancellation)).Count == 1, () => "Prometheus does not see NAVI and a task that has ended.");
    }

    private static IEnumerable<(string, string)> Model(int number, string name, ModelServer server) =>
    [
        ($"Navi__Models__Entries__{number}__Name", name), ($"Navi__Models__Entries__{number}__Kind", "openai_compatible"), ($"Navi__Models__Entries__{number}__Endpoint", $"{server.Address}/v1"),
        ($"Navi__Models__Entries__{number}__Model", "simulated"), ($"Navi__Models__Entries__{number}__ApiKey", "first-key"),
        ($"Navi__Models__Entries__{number}__Prices__Input", "3"), ($"Navi__Models__Entries__{number}__Prices__Output", "15"),
    ];

    private Dictionary<string, string> Environment()
    {
        var database = new NpgsqlConnectionStringBuilder(Database);
        return new()
        {
            ["PATH"] = $"{Path.Combine(root, "bin")}:{System.Environment.GetEnvironmentVariable("PATH")}",
            ["NAVI_URL"] = Address.ToString().TrimEnd('/'), ["NAVI_HOME"] = Home, ["NAVI_CONFIG_HOME"] = Path.Combine(root, "config"), ["NAVI_DATABASE"] = Database, ["NAVI_COMMAND"] = "navi",
            ["NAVI_SETTINGS"] = Settings.Path, ["NAVI_OTHER_DISK"] = OtherDisk, ["NO_COLOR"] = "1", ["REPOSITORY"] = Repository,
            ["PGHOST"] = database.Host!, ["PGPORT"] = database.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["PGUSER"] = database.Username!, ["PGPASSWORD"] = database.Password!, ["PGDATABASE"] = database.Database!,
        };
    }
}
