using Navi.Drills.Servers;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing.Running;

namespace Navi.Drills.Monitoring;

/// <summary>A real <c>navi up</c> with a private PostgreSQL, a model that works with some failures, one that refuses its key, and a Prometheus that scrapes it every second.</summary>
internal sealed class WatchedNavi : IAsyncDisposable
{
    private readonly SimulatedProvider main;
    private readonly SimulatedProvider broken;

    private WatchedNavi(Installation installation, SimulatedProvider main, SimulatedProvider broken, Service service, PrometheusServer prometheus, PrometheusServer receiver)
    {
        Installation = installation;
        this.main = main;
        this.broken = broken;
        Service = service;
        Prometheus = prometheus;
        Receiver = receiver;
    }

    public Installation Installation { get; }

    public Service Service { get; }

    public PrometheusServer Prometheus { get; }

    /// <summary>Scrapes nothing: NAVI sends it its metrics.</summary>
    public PrometheusServer Receiver { get; }

    public static async Task<WatchedNavi> StartAsync(CancellationToken cancellation)
    {
        var main = await SimulatedProvider.StartAsync(new Scenario
        {
            Faults = [new Fault { Kind = FaultKind.RateLimited, Turn = 1, Times = 1 }, new Fault { Kind = FaultKind.ServerError, Turn = 2, Times = 1 }],
            FirstToken = new Latency { P50 = 60, P95 = 200 },
        });
        var broken = await SimulatedProvider.StartAsync(new Scenario { Keys = ["another-key"] });
        var installation = Installation.CreateWithPrivateCluster();
        var directory = Directory.CreateDirectory(installation.Place("prometheus")).FullName;
        var receiver = await PrometheusServer.StartReceiverAsync(directory, cancellation);
        Configure(installation, main, broken);
        installation.Environment["Navi__Telemetry__RemoteWrite__Endpoint"] = new Uri(receiver.Address, "/api/v1/write").ToString();
        installation.Environment["Navi__Telemetry__RemoteWrite__Identity"] = "none";
        var service = await installation.UpAsync();
        var prometheus = await PrometheusServer.StartAsync(
            directory, service.Http.BaseAddress!, service.Http.DefaultRequestHeaders.Authorization!.Parameter!, "1s", null, null, cancellation);
        return new WatchedNavi(installation, main, broken, service, prometheus, receiver);
    }

    public async ValueTask DisposeAsync()
    {
        await Prometheus.DisposeAsync();
        await Receiver.DisposeAsync();
        await Installation.DisposeAsync();
        await main.DisposeAsync();
        await broken.DisposeAsync();
    }

    private static void Configure(Installation installation, SimulatedProvider main, SimulatedProvider broken)
    {
        Entry(0, "main", main.Address);
        Entry(1, "broken", broken.Address);
        // The drill is short: a model that fails is given up after a moment, and what was counted is added at once.
        installation.Environment["Navi__Models__RetryDelay"] = "00:00:00.100";
        installation.Environment["Navi__Telemetry__FlushSeconds"] = "1";
        installation.Environment["Navi__Telemetry__DailyCostTargetUsd"] = "30";
        installation.Environment["Navi__Probe__Repository"] = Repositories.Python(installation.Place("probed"));

        void Entry(int number, string name, string address)
        {
            foreach (var (member, value) in new[] { ("Name", name), ("Kind", "anthropic"), ("Endpoint", address), ("Model", $"model-of-{name}"), ("ApiKey", "some-key"), ("Prices__Input", "3"), ("Prices__Output", "15") })
                installation.Environment[$"Navi__Models__Entries__{number}__{member}"] = value;
        }
    }
}
