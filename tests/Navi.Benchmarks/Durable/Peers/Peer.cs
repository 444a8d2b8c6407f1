using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Navi.Benchmarks.Durable.Reporting;
using Navi.Benchmarks.Durable.Running;
using Navi.Measuring;
using Npgsql;

namespace Navi.Benchmarks.Durable.Peers;

/// <summary>Another engine: a program of the directory <c>Peers</c>, in Node.js, with the engine's own packages in a temporary directory.</summary>
internal sealed class Peer : IAsyncDisposable
{
    public const string Dbos = "dbos";
    public const string Restate = "restate";

    private const string Common = "peer.mjs";

    // Exact: figures of another version would be another measurement.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        [Dbos] = ["@dbos-inc/dbos-sdk@5.3.0"],
        [Restate] = ["@restatedev/restate-server@1.7.12", "@restatedev/restate-sdk@1.17.2"],
    };

    private readonly ChildProcess process;

    private Peer(ChildProcess process) => this.process = process;

    public static IReadOnlyList<string> Names => [.. Packages.Keys];

    /// <summary>Installs and starts one.</summary>
    /// <param name="name">Which.</param>
    /// <param name="directory">Temporary; gone with the benchmark.</param>
    /// <param name="database">Its database, for one that uses PostgreSQL.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="InvalidOperationException">It can't be installed or started.</exception>
    public static async Task<Peer> StartAsync(string name, string directory, BenchDatabase database, CancellationToken cancellation)
    {
        await Npm.InstallAsync(directory, Packages[name], cancellation);
        // A program finds the packages that lie beside it.
        foreach (var file in (string[])[Common, $"{name}.mjs"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Durable", "Peers", file), Path.Combine(directory, file), overwrite: true);
        var info = new ProcessStartInfo("node", [Path.Combine(directory, $"{name}.mjs")]) { WorkingDirectory = directory };
        // Advice to the authors of packages is of no use here.
        info.Environment["NODE_NO_WARNINGS"] = "1";
        if (name == Dbos) info.Environment["DBOS_URL"] = Url(database.ConnectionString);
        if (name == Restate) info.Environment["RESTATE_HOME"] = Directory.CreateDirectory(Path.Combine(directory, "data")).FullName;
        return new Peer(await ChildProcess.StartAsync(info, name, cancellation));
    }

    /// <summary>Chains or fan-outs, so many at once.</summary>
    /// <returns>How many ended in a second.</returns>
    public Task<double> BurstAsync(string shape, int concurrency, int most, TimeSpan limit, Timings? timings, CancellationToken cancellation) =>
        AskAsync(string.Create(CultureInfo.InvariantCulture, $"{shape} {concurrency} {most} {limit.TotalMilliseconds:0}"), timings, cancellation);

    /// <summary>Gates that all wait, then are decided one at a time.</summary>
    public Task GatesAsync(int count, Timings? timings, CancellationToken cancellation) => AskAsync(string.Create(CultureInfo.InvariantCulture, $"gate {count}"), timings, cancellation);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task<double> AskAsync(string line, Timings? timings, CancellationToken cancellation)
    {
        var answer = JsonElement.Parse(await process.AskAsync(line, cancellation));
        foreach (var took in answer.GetProperty("ms").EnumerateArray()) timings?.AddMs(took.GetDouble());
        return answer.GetProperty("per_s").GetDouble();
    }

    // Through the socket as NAVI: node's driver takes it as the parameter host.
    private static string Url(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{settings.Username}:{Uri.EscapeDataString(settings.Password!)}@localhost:{settings.Port}/{settings.Database}?host={Uri.EscapeDataString(settings.Host!)}";
    }
}
