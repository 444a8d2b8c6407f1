using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Navi.Drills.Kills.Asking;
using Navi.Drills.Kills.Breaking;
using Navi.Drills.Kills.Judging;
using Navi.Drills.Kills.Working;
using Navi.Platform.Data;
using Navi.Portable.Durable;
using Navi.Testing.Postgres;

namespace Navi.Drills.Kills;

/// <summary><c>navi drill kills</c>: kills, pauses and cuts off real worker processes of the durable runtime, and judges by a ledger outside of them what became of their work.</summary>
internal static class KillDrill
{
    /// <summary>In this part workers die.</summary>
    public const string Killed = "killed";

    /// <summary>In this part they live on, paused or cut off, or the server goes away.</summary>
    public const string CutOff = "cut off";

    private const int Workers = 3;

    private static readonly FaultKind[] Deaths =
        [FaultKind.KilledAtRandom, FaultKind.KilledBeforeEffect, FaultKind.KilledAfterEffect, FaultKind.KilledAtRandom, FaultKind.KilledAfterCommit];

    private static readonly FaultKind[] Others =
        [FaultKind.Paused, FaultKind.CutOff, FaultKind.ConnectionsDropped, FaultKind.AnswerLost, FaultKind.ServerCrashed, FaultKind.ServerRestarted];

    /// <summary>Runs it; 0 when nothing was lost, wrong or doubled, and the control has shown that doubled effects are seen.</summary>
    public static async Task<int> RunAsync(KillOptions options, TextWriter output, CancellationToken cancellation)
    {
        var began = Stopwatch.StartNew();
        await using var cluster = await RestartableCluster.StartAsync(cancellation);
        await Migrator.RunAsync(cluster.ConnectionString, cancellation);
        await using var database = new NaviDatabase(Options.Create(new DatabaseOptions { ConnectionString = cluster.ConnectionString }));
        var trees = new DraftTrees(Directory.CreateDirectory(Path.Combine(cluster.Home, "trees")).FullName);
        await using var client = await ClientAsync(cluster.ConnectionString, cancellation);
        await using var world = new World();
        var patient = new Patient();
        var load = new Load(client.GetRequiredService<DurableTaskClient>(), new GuardedTasks(database, trees), patient);
        var report = new KillReport(output, options.Json);
        // The same seed chooses the same victims, not the same moments.
        var seed = Environment.ProcessId;
        await report.FiguresAsync(new { Workers, LeaseSeconds = KillOptions.Lease.TotalSeconds, Seed = seed }, $"{Workers} worker processes on a private PostgreSQL, leases of {KillOptions.Lease.TotalSeconds:0} s, one clock that jumps by hours; seed {seed}");
        Breaker breaker;
        await using (var fleet = new Fleet(Workers, cluster.ConnectionString, world.Port, Path.Combine(cluster.Home, "trees")))
        {
            await fleet.StartAsync(cancellation);
            breaker = new Breaker(fleet, world, cluster, new Random(seed));
            await PartAsync(Killed, async () =>
            {
                for (var n = 0; breaker.Kills < options.Kills; n++)
                    await breaker.BreakAsync(Deaths[n % Deaths.Length], cancellation);
                await ReachAsync(options.Executions * 6 / 10);
            });
            await PartAsync(CutOff, async () =>
            {
                for (var n = 0; n < options.OtherFaults * Others.Length; n++)
                    await breaker.BreakAsync(Others[n % Others.Length], cancellation);
                await ReachAsync(options.Executions);
            });
        }
        await world.HearOutAsync();
        var judgement = await Judgement.MakeAsync(load.Endings, world, database, trees, cancellation);
        var problems = await StoredHistory.ProblemsAsync(cluster.ConnectionString, cancellation);
        await new Findings(options, load.Endings, world, breaker, judgement, problems, patient.Refused, began.Elapsed).WriteAsync(report);
        return report.Broken == 0 ? 0 : 1;

        async Task PartAsync(string name, Func<Task> faults)
        {
            using var stop = new CancellationTokenSource();
            var loading = load.RunAsync(name, stop.Token, cancellation);
            try
            {
                await faults();
            }
            finally
            {
                await stop.CancelAsync();
                await loading;
            }
            await report.FiguresAsync(new { Part = name, world.Executions, breaker.Kills, Seconds = Math.Round(began.Elapsed.TotalSeconds) }, $"after {began.Elapsed.TotalSeconds:0} s workers were {name}: {world.Executions} activity executions and {breaker.Kills} kills so far");
        }

        async Task ReachAsync(int executions)
        {
            while (world.Executions < executions)
                await Task.Delay(50, cancellation);
        }
    }

    private static async Task<ServiceProvider> ClientAsync(string connectionString, CancellationToken cancellation)
    {
        var services = new ServiceCollection();
        services.AddPortableDurable(options => (options.ConnectionString, options.RunWorker) = (connectionString, false));
        var provider = services.BuildServiceProvider();
        // It makes the schema.
        foreach (var service in provider.GetServices<IHostedService>())
            await service.StartAsync(cancellation);
        return provider;
    }
}
