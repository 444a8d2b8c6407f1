using System.Diagnostics;
using System.Net.Http.Headers;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.Watching;
using Navi.LoadTests.World;
using Navi.Measuring;

namespace Navi.LoadTests.Costs;

/// <summary>Blocks of the users' looks at one NAVI in a closed loop, as fast as they are answered, with its telemetry switched on or off for each.</summary>
/// <param name="world">The NAVI.</param>
/// <param name="server">Its PostgreSQL's first process.</param>
/// <param name="clients">How many ask at once.</param>
internal sealed class TelemetryBlocks(LoadWorld world, int server, int clients)
{
    private readonly KnownTasks known = new();

    /// <summary>One block. With telemetry, its counts are added to the totals once and its metrics are read once, beside the users; such a reading is no request, but a failed one is a failure.</summary>
    public async Task<TelemetryBlock> AskAsync(TimeSpan time, bool telemetry, CancellationToken cancellation)
    {
        await world.Navi.SwitchTelemetryAsync(telemetry, cancellation);
        var recorder = new Recorder();
        var users = Enumerable.Range(0, clients).Select(n => (Client: new LoadClient(world.Http, world.Users.Tokens[n % world.Users.Tokens.Count], recorder), Random: new Random(n))).ToList();
        var before = Processor();
        var watched = telemetry ? WatchAsync(time / 2, cancellation) : Task.FromResult(true);
        var (samples, ticks) = await ClosedLoop.RunAsync(clients, int.MaxValue, time, async (n, _) =>
        {
            await UserMixLooks.LookAsync(users[n].Client, users[n].Random, known, Stopwatch.GetTimestamp(), cancellation);
            return "";
        }, cancellation);
        var failures = await watched ? 0 : 1;
        return new TelemetryBlock(samples.Count, failures + recorder.Requests.Count(r => !Recorder.Good.Contains(r.Status)), ticks, Processor() - before);
    }

    /// <summary>Tasks at once, so that there is something to look at and to count; returns how many failed.</summary>
    public async Task<int> WorkAsync(int tasks, CancellationToken cancellation)
    {
        var recorder = new Recorder();
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(n => new TaskFlow(new LoadClient(world.Http, world.Users.Tokens[n % world.Users.Tokens.Count], recorder), recorder, new Random(n), known)
            .RunAsync(world.RepositoryPaths[n % world.RepositoryPaths.Count], $"Write a note about part {n}.", SimulatedServer.Entry, $"block-{n}", Stopwatch.GetTimestamp(), cancellation)));
        return recorder.Requests.Count(r => !Recorder.Good.Contains(r.Status)) + recorder.Tasks.Count(t => !Recorder.Done.Contains(t.Outcome));
    }

    // What happens every ten seconds, and what Prometheus does every fifteen, when there is something to add and to read.
    private async Task<bool> WatchAsync(TimeSpan after, CancellationToken cancellation)
    {
        await Task.Delay(after, cancellation);
        await world.Navi.FlushTelemetryAsync(cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", world.Navi.Token) } };
        try
        {
            using var answer = await world.Http.SendAsync(request, cancellation);
            return answer.IsSuccessStatusCode && (await answer.Content.ReadAsStringAsync(cancellation)).Contains("navi_build_info", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private double Processor() => ProcessorUse.Of(world, server) is var use ? use.Navi + use.Postgresql : 0;
}
