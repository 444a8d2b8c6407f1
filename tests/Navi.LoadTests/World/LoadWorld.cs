using Navi.LoadTests.Driving;
using Navi.Measuring;
using Navi.Measuring.Served;

namespace Navi.LoadTests.World;

/// <summary>What a run needs: a private PostgreSQL, a simulated provider, NAVI with its workers, and repositories; gone afterwards.</summary>
internal sealed class LoadWorld : IAsyncDisposable
{
    private const int Repositories = 5;

    // A provider as people know them: most answers begin within a second, some take long; text comes at a reader's pace.
    public const double FirstTokenP50 = 600;
    public const double FirstTokenP95 = 2500;
    public const double TokensPerSecond = 60;

    private readonly Stack<IAsyncDisposable> parts = new();

    private LoadWorld(PrivateCluster cluster, SimulatedServer provider, ServedNavi navi, LoadUsers users, IReadOnlyList<string> repositories, HttpClient http)
    {
        (Cluster, Provider, Navi, Users, RepositoryPaths, Http) = (cluster, provider, navi, users, repositories, http);
    }

    public PrivateCluster Cluster { get; }

    public SimulatedServer Provider { get; }

    public ServedNavi Navi { get; }

    public LoadUsers Users { get; }

    public IReadOnlyList<string> RepositoryPaths { get; }

    public HttpClient Http { get; }

    /// <summary>The directory in which NAVI keeps its files.</summary>
    public string NaviHome => HomeOf(Cluster);

    /// <summary>How the simulated provider behaves, in words.</summary>
    public static string ProviderDescribed { get; } =
        $"The simulated provider begins an answer after {FirstTokenP50:0} ms (median; 95th percentile {FirstTokenP95:0} ms, log-normal), streams {TokensPerSecond:0} tokens per second, and plays a coding model of 4 to 8 turns that looks around, writes notes, runs the tests and finishes.";

    /// <summary>Starts everything.</summary>
    /// <param name="users">How many people NAVI knows.</param>
    /// <param name="throttled">Share of model calls answered with 429.</param>
    /// <param name="failEvery">Every n-th call of each HTTP function fails on purpose; 0 for none.</param>
    /// <param name="instant">The provider answers as fast as it can.</param>
    /// <param name="settings">Further settings of NAVI.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<LoadWorld> StartAsync(int users, double throttled, int failEvery, bool instant, IEnumerable<KeyValuePair<string, string>> settings, CancellationToken cancellation)
    {
        var parts = new Stack<IAsyncDisposable>();
        try
        {
            var cluster = await PrivateCluster.StartAsync(cancellation);
            parts.Push(cluster);
            var provider = await SimulatedServer.StartAsync(cluster.Home, Scenario(throttled, instant), cancellation);
            parts.Push(provider);
            var people = new LoadUsers(users);
            var navi = await ServedNavi.StartAsync(new ServedOptions(cluster.ConnectionString, HomeOf(cluster))
            {
                Workers = true, FailEvery = failEvery, Settings = new Dictionary<string, string>([.. provider.Settings, .. people.Settings, .. settings]),
            }, cancellation);
            parts.Push(navi);
            var repositories = Enumerable.Range(0, Repositories).Select(n => SmallRepository.Make(Path.Combine(cluster.Home, "repositories", $"{n}"))).ToList();
            var world = new LoadWorld(cluster, provider, navi, people, repositories, LoadClient.Connect(navi.Address));
            foreach (var part in parts.Reverse())
                world.parts.Push(part);
            return world;
        }
        catch
        {
            await EndAsync(parts);
            throw;
        }
    }

    /// <summary>The target of a driver.</summary>
    public LoadTarget Target(int seed) => new(Http, Users.Tokens, RepositoryPaths, SimulatedServer.Entry, seed);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await EndAsync(parts);
    }

    private static string HomeOf(PrivateCluster cluster) => Path.Combine(cluster.Home, "home");

    private static Dictionary<string, object> Scenario(double throttled, bool instant)
    {
        var scenario = new Dictionary<string, object> { ["seed"] = 1 };
        if (!instant)
            (scenario["first_token"], scenario["tokens_per_second"]) = (new { p50 = FirstTokenP50, p95 = FirstTokenP95 }, TokensPerSecond);
        if (throttled > 0)
            scenario["faults"] = new[] { new { kind = "rate_limited", probability = throttled, retry_after = 1 } };
        return scenario;
    }

    private static async Task EndAsync(Stack<IAsyncDisposable> parts)
    {
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
    }
}
