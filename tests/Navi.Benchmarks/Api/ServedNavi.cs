using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Navi.Functions;
using Navi.Portable.Host;

namespace Navi.Benchmarks.Api;

/// <summary>
/// NAVI's API in a process of its own: the portable host with every function, no workers and no timers. It ends when its standard
/// input does, so that it never outlives the benchmark.
/// </summary>
internal sealed class ServedNavi : IAsyncDisposable
{
    /// <summary>The argument that makes this program the served NAVI.</summary>
    public const string Command = "serve";

    private const string Database = "NAVI_BENCH_DATABASE";
    private const string Home = "NAVI_BENCH_HOME";
    private const string TokenVariable = "NAVI_BENCH_TOKEN";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private ServedNavi(Process process, Uri address, string token)
    {
        this.process = process;
        Address = address;
        Token = token;
    }

    public Uri Address { get; }

    /// <summary>A token with every role.</summary>
    public string Token { get; }

    /// <summary>Starts it and waits for its address.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; its errors are on standard error.</exception>
    public static async Task<ServedNavi> StartAsync(string connectionString, string home, CancellationToken cancellation)
    {
        var token = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var info = new ProcessStartInfo("dotnet", [typeof(ServedNavi).Assembly.Location, Command]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // What configures a NAVI of this user must not configure this one.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("Navi__", StringComparison.OrdinalIgnoreCase)).ToList())
            info.Environment.Remove(name);
        (info.Environment[Database], info.Environment[Home], info.Environment[TokenVariable]) = (connectionString, home, token);
        var process = Process.Start(info)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("The served NAVI did not start.");
            return new ServedNavi(process, new Uri(line), token);
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>The served process: prints its address and serves until standard input ends.</summary>
    public static async Task<int> ServeAsync(CancellationToken ending)
    {
        var database = Environment.GetEnvironmentVariable(Database) ?? throw new UsageException($"'{Command}' is started by the benchmark alone.");
        var builder = PortableHost.CreateBuilder(new PortableHostOptions
        {
            Urls = "http://127.0.0.1:0", ConnectionString = database, Assemblies = [typeof(NaviApplication).Assembly], RunWorkers = false,
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
        await using var host = builder.Build();
        await NaviApplication.PrepareAsync(host.Services, ending);
        await host.StartAsync(ending);
        Console.Out.WriteLine(host.Address);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var parent = Console.OpenStandardInput().CopyToAsync(Stream.Null, stopping.Token).ContinueWith(_ => stopping.Cancel(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await host.RunAsync(null, stopping.Token);
        await stopping.CancelAsync();
        await parent;
        return 0;
    }

    public async ValueTask DisposeAsync() => await EndAsync(process);

    private static async Task EndAsync(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
