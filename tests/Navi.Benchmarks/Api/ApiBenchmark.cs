using System.Runtime.InteropServices;
using System.Text.Json;
using Navi.Measuring;
using Navi.Measuring.Served;

namespace Navi.Benchmarks.Api;

/// <summary>Create, get, list and decide over HTTP on this machine, beside the floors that they can't be faster than.</summary>
internal static class ApiBenchmark
{
    public const string Name = "api";
    private const string HealthFloor = "floor_healthz";
    private const string Setup =
        "One process serves the API on the portable host with NAVI's defaults (pool of 20 connections, environment Local) and runs no workers and no timers; the clients are a second process on the same machine; PostgreSQL waits for the disk. "
        + "create: the whole acceptance, with row, first event, outbox row and the start message in the durable runtime; nothing executes the tasks, they stay queued. "
        + "get and list: among the tasks prepared for decide, list with its default page of 50. "
        + "decide: each approves another review gate; tasks, gates and their orchestrations were made before by the product's own stores and durable client, without the agent's work; the row and the wake-up are written, nothing acts on them. "
        + "floor_healthz: the host without token and database. floor_commit: a row inserted and committed by the clients themselves, prepared, without the API.";

    /// <summary>Requests of each client that are made before a measurement and do not count.</summary>
    private const int WarmUp = 5;

    public static async Task<int> RunAsync(ApiOptions options, CancellationToken cancellation)
    {
        await using var cluster = await PrivateCluster.StartAsync(cancellation);
        var connection = cluster.ConnectionString;
        var repository = TinyRepository.Make(Path.Combine(cluster.Home, "repository"), TimeProvider.System.GetUtcNow());
        await using var navi = await ServedNavi.StartAsync(new ServedOptions(connection, Path.Combine(cluster.Home, "home")), cancellation);
        await using var gates = new PendingGates(connection);
        Report.Head(new
        {
            Bench = Name, Date = TimeProvider.System.GetUtcNow(), Machine = Machine.Described, Cores = Environment.ProcessorCount, Dotnet = RuntimeInformation.FrameworkDescription,
            Postgresql = await cluster.VersionAsync(cancellation), Requests = options.Requests, LimitSeconds = options.Limit.TotalSeconds, WarmUpPerClient = WarmUp, Setup,
        });
        var report = new Report();
        await FloorsAsync();
        var create = JsonSerializer.Serialize(new { repository, task = "survey this repository", provider = "rules" });
        var perLevel = options.Clients.Sum(c => options.Requests + (c * WarmUp));
        using (var preparing = new ApiClient(navi.Address, navi.Token, 8))
            await gates.MakeAsync(preparing, create, perLevel, cancellation);
        var decided = -1;
        foreach (var clients in options.Clients)
        {
            using var api = new ApiClient(navi.Address, navi.Token, clients);
            await MeasureAsync(HealthFloor, "200", _ => api.StatusAsync(HttpMethod.Get, "/healthz", null, cancellation));
            await MeasureAsync("create", "201", _ => api.StatusAsync(HttpMethod.Post, "/v1/tasks", create, cancellation));
            await MeasureAsync("get", "200", n => api.StatusAsync(HttpMethod.Get, $"/v1/tasks/{gates.Made[n % gates.Made.Count].Task}", null, cancellation));
            await MeasureAsync("list", "200", _ => api.StatusAsync(HttpMethod.Get, "/v1/tasks", null, cancellation));
            await MeasureAsync("decide", "200", _ =>
            {
                var (_, gate, digest) = gates.Made[Interlocked.Increment(ref decided)];
                return api.StatusAsync(HttpMethod.Post, $"/v1/checkpoints/{gate}/decisions", $$"""{"decision":"approve","action_digest":"{{digest}}"}""", cancellation);
            });

            async Task MeasureAsync(string operation, string expected, Func<int, Task<string>> attempt)
            {
                await ClosedLoop.RunAsync(clients, clients * WarmUp, options.Limit, (_, n) => attempt(n), cancellation);
                var (samples, ticks) = await ClosedLoop.RunAsync(clients, options.Requests, options.Limit, (_, n) => attempt(n), cancellation);
                report.Add(Measurement.Of(Name, operation, clients, [expected], samples, ticks));
            }
        }
        await FloorsAsync();
        report.Table(HealthFloor);
        return report.IsClean ? 0 : 1;

        async Task FloorsAsync()
        {
            foreach (var connections in (int[])[1, 50])
                report.Add(await CommitFloor.RunAsync(connection, connections, options, cancellation));
        }
    }
}
