using System.Diagnostics;
using System.Net.Http.Headers;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.Watching;
using Navi.LoadTests.World;
using Navi.Measuring;

namespace Navi.LoadTests.Costs;

/// <summary>The blocks of one side: the users' looks in a closed loop, as fast as they are answered, and tasks with an instant model.</summary>
/// <param name="world">The side.</param>
/// <param name="server">Its PostgreSQL's first process.</param>
/// <param name="clients">How many ask at once.</param>
internal sealed class TelemetryBlocks(LoadWorld world, int server, int clients)
{
    private Recorder recorder = new();
    private readonly KnownTasks known = new();
    private long requestTicks;
    private double requestSeconds;
    private double taskSeconds;
    private int flows;
    private int earlier;
    private int failedScrapes;

    /// <summary>What was measured since the last <see cref="Forget"/>.</summary>
    public TelemetrySide Side
    {
        get
        {
            var looks = Looks;
            return new TelemetrySide(
                looks, recorder.Tasks.Count, earlier + Failures,
                Math.Round(looks / ((double)requestTicks / Stopwatch.Frequency), 1), Math.Round(requestSeconds / looks * 1000, 3), Math.Round(taskSeconds / Math.Max(1, recorder.Tasks.Count) * 1000, 1));
        }
    }

    private int Looks { get; set; }

    private int Failures => failedScrapes + recorder.Requests.Count(r => !Recorder.Good.Contains(r.Status)) + recorder.Tasks.Count(t => !Recorder.Done.Contains(t.Outcome));

    /// <summary>The warm-up ends; its failures stay.</summary>
    public void Forget() => (earlier, failedScrapes, recorder, requestTicks, requestSeconds, taskSeconds, Looks) = (earlier + Failures, 0, new Recorder(), 0, 0, 0, 0);

    /// <summary>One block of requests; returns requests per second.</summary>
    /// <param name="time">How long it takes.</param>
    /// <param name="scraped">Its metrics are read once, beside the users; such a reading counts as no request, but a failed one as a failure.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<double> AskAsync(TimeSpan time, bool scraped, CancellationToken cancellation)
    {
        var users = Enumerable.Range(0, clients).Select(n => (Client: new LoadClient(world.Http, world.Users.Tokens[n % world.Users.Tokens.Count], recorder), Random: new Random(n))).ToList();
        var before = Processor();
        var scrape = scraped ? ScrapeAsync(cancellation) : Task.CompletedTask;
        var (samples, ticks) = await ClosedLoop.RunAsync(clients, int.MaxValue, time, async (n, _) =>
        {
            await UserMixLooks.LookAsync(users[n].Client, users[n].Random, known, Stopwatch.GetTimestamp(), cancellation);
            return "";
        }, cancellation);
        await scrape;
        requestSeconds += Processor() - before;
        requestTicks += ticks;
        Looks += samples.Count;
        return samples.Count / ((double)ticks / Stopwatch.Frequency);
    }

    /// <summary>One block of tasks, at once.</summary>
    public async Task WorkAsync(int tasks, CancellationToken cancellation)
    {
        var before = Processor();
        await Task.WhenAll(Enumerable.Range(0, tasks).Select(n => new TaskFlow(new LoadClient(world.Http, world.Users.Tokens[n % world.Users.Tokens.Count], recorder), recorder, new Random(n), known)
            .RunAsync(world.RepositoryPaths[n % world.RepositoryPaths.Count], $"Write a note about part {n}.", SimulatedServer.Entry, $"block-{flows++}", Stopwatch.GetTimestamp(), cancellation)));
        taskSeconds += Processor() - before;
    }

    private async Task ScrapeAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", world.Navi.Token) } };
        try
        {
            using var answer = await world.Http.SendAsync(request, cancellation);
            if (!answer.IsSuccessStatusCode || !(await answer.Content.ReadAsStringAsync(cancellation)).Contains("navi_build_info", StringComparison.Ordinal))
                failedScrapes++;
        }
        catch (HttpRequestException)
        {
            failedScrapes++;
        }
    }

    private double Processor() => ProcessorUse.Of(world, server) is var use ? use.Navi + use.Postgresql : 0;
}
