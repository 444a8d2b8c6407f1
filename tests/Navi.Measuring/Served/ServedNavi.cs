using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Navi.Functions;
using Navi.Portable.Host;

namespace Navi.Measuring.Served;

/// <summary>
/// NAVI in a process of its own: the portable host with every function. It ends when its standard input does, so that it never outlives the benchmark.
/// </summary>
internal sealed class ServedNavi : IAsyncDisposable
{
    /// <summary>The argument that makes the benchmark program the served NAVI.</summary>
    public const string Command = "serve";

    private const string Program = "Navi.Benchmarks.dll";
    private const string Database = "NAVI_BENCH_DATABASE";
    private const string Home = "NAVI_BENCH_HOME";
    private const string TokenVariable = "NAVI_BENCH_TOKEN";
    private const string Workers = "NAVI_BENCH_WORKERS";
    private const string FailEvery = "NAVI_BENCH_FAIL_EVERY";
    private const string Collect = "collect";
    private const string TelemetryOn = "telemetry on";
    private const string TelemetryOff = "telemetry off";
    private const string TelemetryFlush = "telemetry flush";

    private readonly ChildProcess process;

    private ServedNavi(ChildProcess process, Uri address, string token)
    {
        this.process = process;
        Address = address;
        Token = token;
    }

    public Uri Address { get; }

    /// <summary>A token with every role.</summary>
    public string Token { get; }

    public int ProcessId => process.Id;

    /// <summary>Starts it and waits for its address.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; its errors are on standard error.</exception>
    public static async Task<ServedNavi> StartAsync(ServedOptions options, CancellationToken cancellation)
    {
        var token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), Command]);
        // What configures a NAVI of this user must not configure this one.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("Navi__", StringComparison.OrdinalIgnoreCase)).ToList())
            info.Environment.Remove(name);
        (info.Environment[Database], info.Environment[Home], info.Environment[TokenVariable]) = (options.ConnectionString, options.Home, token);
        (info.Environment[Workers], info.Environment[FailEvery]) = (options.Workers.ToString(), options.FailEvery.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, value) in options.Settings)
            info.Environment[name] = value;
        var process = await ChildProcess.StartAsync(info, "The served NAVI", cancellation);
        return new ServedNavi(process, new Uri(process.FirstLine), token);
    }

    /// <summary>Has it collect all garbage; the bytes that its managed heap holds then.</summary>
    public async Task<long> LiveBytesAsync(CancellationToken cancellation) => long.Parse(await process.AskAsync(Collect, cancellation), CultureInfo.InvariantCulture);

    /// <summary>Has it begin or end its telemetry (<see cref="TelemetrySwitch"/>).</summary>
    public Task SwitchTelemetryAsync(bool on, CancellationToken cancellation) => process.AskAsync(on ? TelemetryOn : TelemetryOff, cancellation);

    /// <summary>Has it add what its telemetry has counted to the installation's totals.</summary>
    public Task FlushTelemetryAsync(CancellationToken cancellation) => process.AskAsync(TelemetryFlush, cancellation);

    /// <summary>The served process: prints its address and serves until standard input ends, or until SIGTERM. Ctrl-C at a terminal reaches it, too, and is for the benchmark alone.</summary>
    public static async Task<int> ServeAsync()
    {
        // Not disposed: a second signal may come while the process is about to end.
        var terminated = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            terminated.Cancel();
        });
        var ending = terminated.Token;
        var database = Environment.GetEnvironmentVariable(Database) ?? throw new InvalidOperationException($"'{Command}' is started by the benchmark alone.");
        var builder = PortableHost.CreateBuilder(new PortableHostOptions
        {
            Urls = "http://127.0.0.1:0", ConnectionString = database, Assemblies = [typeof(NaviApplication).Assembly], RunWorkers = Environment.GetEnvironmentVariable(Workers) == bool.TrueString,
        });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = "Local", ["Navi:Home"] = Environment.GetEnvironmentVariable(Home), ["Navi:Database:ConnectionString"] = database,
            ["Navi:Identity:LocalToken"] = Environment.GetEnvironmentVariable(TokenVariable),
        });
        // Standard output is the benchmark's; what goes wrong is still said.
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        NaviApplication.Register(builder.Services, builder.Configuration);
        NaviApplication.Use(builder.Worker);
        if (int.Parse(Environment.GetEnvironmentVariable(FailEvery) ?? "0", CultureInfo.InvariantCulture) is > 0 and var every)
        {
            var failing = new FailingMiddleware(every);
            builder.Worker.Use(next => context => failing.Invoke(context, next));
        }
        await using var host = builder.Build();
        await NaviApplication.PrepareAsync(host.Services, ending);
        await host.StartAsync(ending);
        Console.Out.WriteLine(host.Address);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var parent = ObeyAsync(host.Services, stopping);
        await host.RunAsync(null, stopping.Token);
        await stopping.CancelAsync();
        await parent;
        return 0;
    }

    private static async Task ObeyAsync(IServiceProvider services, CancellationTokenSource stopping)
    {
        using var telemetry = new TelemetrySwitch(services);
        using var input = new StreamReader(Console.OpenStandardInput());
        try
        {
            while (await input.ReadLineAsync(stopping.Token) is { } line)
            {
                switch (line)
                {
                    case Collect:
                        Console.Out.WriteLine(Live().ToString(CultureInfo.InvariantCulture));
                        break;
                    case TelemetryOn or TelemetryOff:
                        telemetry.Turn(line == TelemetryOn);
                        Console.Out.WriteLine(line);
                        break;
                    case TelemetryFlush:
                        await telemetry.FlushAsync(stopping.Token);
                        Console.Out.WriteLine(line);
                        break;
                }
            }
            await stopping.CancelAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It ends.
        }
    }

    // The second time takes what the finalizers of the first let go.
    private static long Live()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();
}
