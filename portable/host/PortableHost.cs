using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Navi.Portable.Host;

/// <summary>Functions of an application, served by this process: HTTP by Kestrel, timers and durable work on PostgreSQL.</summary>
public sealed class PortableHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PortableHostOptions options;
    private int stopped;

    internal PortableHost(WebApplication app, PortableHostOptions options)
    {
        this.app = app;
        this.options = options;
    }

    /// <summary>Services of the running application.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Where the host listens, with the port it really has; only after <see cref="StartAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">The host has not started.</exception>
    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?? throw new InvalidOperationException("The host has not started."));

    /// <summary>Begins a host.</summary>
    public static PortableHostBuilder CreateBuilder(PortableHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new PortableHostBuilder(options);
    }

    /// <summary>Starts workers and timers and then listens.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public Task StartAsync(CancellationToken cancellation = default) => app.StartAsync(cancellation);

    /// <summary>
    /// Drains: stops listening, lets running requests, timers and durable work end, interrupts them after
    /// <see cref="PortableHostOptions.DrainTimeout"/>. A second call does nothing.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
            return;
        app.Services.GetRequiredService<DrainToken>().CancelAfter(options.DrainTimeout);
        try
        {
            await app.StopAsync(cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The drain's own bound: what did not end is left to the next process.
        }
    }

    /// <summary>Runs a started host until <paramref name="ending"/> fires, for which <see cref="ProcessSignals"/> is made, then drains.</summary>
    /// <param name="onDrain">Called when the drain begins, for example to say so.</param>
    /// <param name="ending">Ends the run.</param>
    public async Task RunAsync(Action? onDrain, CancellationToken ending)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ending, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        await Task.Delay(Timeout.Infinite, stopping.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        onDrain?.Invoke();
        await StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
    }
}
