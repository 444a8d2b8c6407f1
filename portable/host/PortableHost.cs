using System.Runtime.InteropServices;
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
        await app.StopAsync(cancellation);
    }

    /// <summary>
    /// Runs a started host until SIGTERM or SIGINT, then drains. A second signal ends the process at once, without a drain.
    /// </summary>
    /// <param name="onDrain">Called when the drain begins, for example to say so.</param>
    /// <param name="cancellation">Ends the run like a first signal.</param>
    public async Task RunUntilSignalAsync(Action? onDrain = null, CancellationToken cancellation = default)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        await using var ended = cancellation.Register(() => asked.TrySetResult());
        await using var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => asked.TrySetResult());
        await asked.Task;
        onDrain?.Invoke();
        await StopAsync(CancellationToken.None);

        // Only the first signal is kept from its default effect, which is to end the process.
        void OnSignal(PosixSignalContext context) => context.Cancel = asked.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
    }
}
