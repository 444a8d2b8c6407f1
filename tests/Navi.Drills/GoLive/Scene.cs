using Navi.Drills.Routing;

namespace Navi.Drills.GoLive;

/// <summary>A deployment with faults that are planted at once, and what <c>navi golive</c> is given to look at it. Everything is right again when it is disposed.</summary>
/// <param name="name">Of this scene alone: what servers have stored of another's must not be seen.</param>
/// <param name="production">What the faults are made in.</param>
/// <param name="arguments">The command's options of the healthy run.</param>
internal sealed class Scene(string name, LocalProduction production, IReadOnlyDictionary<string, string> arguments) : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> mending = new();
    private PrometheusPlan? prometheus;
    private Gateway? gateway;

    public LocalProduction Production => production;

    /// <summary>Options of the command.</summary>
    public Dictionary<string, string> Arguments { get; } = new(arguments);

    /// <summary>A Prometheus in the place of the healthy one, to be started with every change that faults make to it.</summary>
    public PrometheusPlan Prometheus => prometheus ??= new PrometheusPlan();

    /// <summary>What stands before NAVI, in place of nothing.</summary>
    public Gateway Gateway => gateway ??= new Gateway();

    /// <summary>Looks by a Prometheus that has not seen what went before: a budget that is burnt stays so for hours.</summary>
    public void WatchAnew() => _ = Prometheus;

    /// <summary>How to make something right again; the last that was made wrong comes first.</summary>
    public void Mend(Func<Task> mend) => mending.Push(() => new ValueTask(mend()));

    /// <summary>Ends a part with the scene.</summary>
    public T Own<T>(T part)
        where T : IAsyncDisposable
    {
        mending.Push(part.DisposeAsync);
        return part;
    }

    /// <summary>Pages go where <paramref name="change"/> says.</summary>
    public async Task RouteAsync(Action<Dictionary<object, object>> change, CancellationToken cancellation) =>
        Arguments["--alertmanager"] = Own(await AlertmanagerServer.StartAsync(production.Place($"{name}-alertmanager"), production.Webhooks.Address, cancellation, change)).Address.ToString();

    /// <summary>Starts what the faults have changed together.</summary>
    public async Task SetAsync(CancellationToken cancellation)
    {
        if (gateway is not null)
        {
            await Own(gateway).StartAsync(production, cancellation);
            Arguments["--url"] = gateway.Address.ToString();
        }
        if (prometheus is not null)
        {
            var server = Own(await production.WatchAsync($"{name}-prometheus", prometheus, cancellation));
            await LocalProduction.WaitForRatesAsync(server, cancellation);
            Arguments["--prometheus"] = server.Address.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (mending.TryPop(out var mend))
            await mend();
    }
}
