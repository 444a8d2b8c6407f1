using System.Diagnostics;
using System.Runtime.InteropServices;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>
/// A worker in a process of its own, this program again. It does what lines on its standard input say, answers each with one, and ends with its standard input, so that it never outlives the benchmark.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>The argument that makes the benchmark program a worker.</summary>
    public const string Command = "durable-worker";

    private const string Program = "Navi.Benchmarks.dll";
    private const string Database = "NAVI_BENCH_DATABASE";
    private const string Join = "join";
    private const string Leave = "leave";
    private const string Load = "load";
    private const string Counts = "counts";

    private readonly ChildProcess process;

    private WorkerProcess(ChildProcess process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Starts it; it has not joined yet.</summary>
    public static async Task<WorkerProcess> StartAsync(string connectionString, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), Command]);
        info.Environment[Database] = connectionString;
        return new WorkerProcess(await ChildProcess.StartAsync(info, "A worker", cancellation));
    }

    /// <summary>Starts it and has it join.</summary>
    public static async Task<WorkerProcess> JoinedAsync(string connectionString, CancellationToken cancellation)
    {
        var worker = await StartAsync(connectionString, cancellation);
        try
        {
            await worker.JoinAsync(cancellation);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when it takes part in the work.</summary>
    public Task JoinAsync(CancellationToken cancellation) => process.AskAsync(Join, cancellation);

    /// <summary>Returns when it takes part no more; what it has compiled stays.</summary>
    public Task LeaveAsync(CancellationToken cancellation) => process.AskAsync(Leave, cancellation);

    /// <summary>Has it put the mixed load on itself.</summary>
    public Task LoadAsync(CancellationToken cancellation) => process.AskAsync(Load, cancellation);

    /// <summary>Steps and failures of the mixed load so far.</summary>
    public async Task<(long Steps, long Failures)> CountsAsync(CancellationToken cancellation) => MixedLoad.Read(await process.AskAsync(Counts, cancellation));

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => process.KillAsync();

    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>The worker process. Ctrl-C at a terminal reaches it, too, and is for the benchmark alone.</summary>
    public static async Task<int> ServeAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var database = Environment.GetEnvironmentVariable(Database) ?? throw new InvalidOperationException($"'{Command}' is started by the benchmark alone.");
        DurableNode? node = null;
        MixedLoad? load = null;
        using var input = new StreamReader(Console.OpenStandardInput());
        Console.Out.WriteLine("ready");
        while (await input.ReadLineAsync() is { } line)
        {
            switch (line)
            {
                case Join:
                    node = await DurableNode.StartAsync(database, worker: true, CancellationToken.None);
                    break;
                case Leave when node is not null:
                    await node.DisposeAsync();
                    node = null;
                    break;
                case Load when node is not null:
                    load = new MixedLoad(new Workflows(node.Client));
                    load.Begin();
                    break;
            }
            Console.Out.WriteLine(line == Counts ? load?.Counts : line);
        }
        if (load is not null) await load.DisposeAsync();
        if (node is not null) await node.DisposeAsync();
        return 0;
    }
}
