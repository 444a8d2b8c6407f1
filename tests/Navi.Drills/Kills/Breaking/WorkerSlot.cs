using System.Diagnostics;
using System.Globalization;
using Navi.Drills.Kills.Working;
using Navi.Testing.Postgres;

namespace Navi.Drills.Kills.Breaking;

/// <summary>A place for a worker: one process after the other, behind one proxy.</summary>
/// <param name="number">From 1.</param>
/// <param name="connectionString">Of the database.</param>
/// <param name="world">Port of the judge.</param>
/// <param name="trees">Directory of workspaces.</param>
internal sealed class WorkerSlot(int number, string connectionString, int world, string trees) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    // A process that has just started still compiles what it runs for the first time.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private Process? process;
    private int life;
    private volatile bool works;
    private long since;

    /// <summary>The way between it and the database.</summary>
    public PostgresProxy Proxy { get; } = PostgresProxy.Start(connectionString);

    /// <summary>Of the process that it is now.</summary>
    public string Name => $"w{number}.{life}";

    /// <summary>It has joined, and nobody has harmed it since.</summary>
    public bool Works => works;

    /// <summary>It works, and not since just now.</summary>
    public bool IsSettled => works && Stopwatch.GetElapsedTime(since) >= Settling;

    /// <summary>Starts a process and waits until it has joined.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        process?.Dispose();
        life++;
        // The third one's clock jumps.
        var arguments = new WorkerArguments(Name, world, trees, ClockJumps: number == 3);
        var info = new ProcessStartInfo("dotnet", [typeof(WorkerSlot).Assembly.Location, .. arguments.ToList()]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        info.Environment[WorkerArguments.Database] = Proxy.ConnectionString;
        process = Process.Start(info)!;
        if (await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Patience, cancellation) != "ready")
            throw new InvalidOperationException($"Worker {Name} ended at its start.");
        since = Stopwatch.GetTimestamp();
        works = true;
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        works = false;
        process!.Kill();
    }

    /// <summary>SIGSTOP.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process?.Dispose();
        await Proxy.DisposeAsync();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
