using Navi.LoadTests.Watching;
using Navi.LoadTests.World;

namespace Navi.LoadTests.Costs;

/// <summary>
/// Switches the telemetry of a NAVI on and off while it is asked, in pairs of blocks of changing order: two processes of one program differ by more than telemetry costs, one process does not differ from itself.
/// Several processes one after the other, so that nothing hangs on one.
/// </summary>
internal static class TelemetryCostRun
{
    // A confidence interval that is looked at again and again is worth less each time, so it is looked at three times at most.
    private const int LeastProcesses = 2;
    private const int MostProcesses = 4;
    private const int PairsOfAProcess = 8;
    private const int HistoryTasks = 8;
    private const int Clients = 8;
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(10);

    public static async Task<TelemetryCost> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        var date = TimeProvider.System.GetUtcNow();
        var (on, off) = (new List<TelemetryBlock>(), new List<TelemetryBlock>());
        var (processes, failed) = (0, 0);
        while (processes < MostProcesses && !(processes >= LeastProcesses && TelemetryCost.Decide(TelemetryCost.ByProcessor(on, off)) is not null))
        {
            failed += await ProcessAsync(options, on, off, cancellation);
            processes++;
        }
        return new TelemetryCost(date, processes, HistoryTasks, failed, Block.TotalSeconds, Clients, TelemetrySide.Of(on), TelemetrySide.Of(off), TelemetryCost.ByProcessor(on, off), TelemetryCost.ByClock(on, off));
    }

    private static async Task<int> ProcessAsync(LoadOptions options, List<TelemetryBlock> on, List<TelemetryBlock> off, CancellationToken cancellation)
    {
        // What the process adds by itself is left to the blocks; this is the longest time between two additions.
        await using var world = await LoadWorld.StartAsync(Clients, 0, options.FailEvery, instant: true, [.. options.Settings, KeyValuePair.Create("Navi__Telemetry__FlushSeconds", "60")], cancellation);
        await using var database = new DatabaseWatch(world.Cluster.ConnectionString);
        var blocks = new TelemetryBlocks(world, await database.ServerAsync(cancellation), Clients);
        var failed = await blocks.WorkAsync(HistoryTasks, cancellation);
        // Code is compiled, and fitted to both.
        foreach (var telemetry in new[] { true, false })
            failed += (await blocks.AskAsync(Block, telemetry, cancellation)).Failures;
        for (var pair = 0; pair < PairsOfAProcess; pair++)
        {
            foreach (var telemetry in pair % 2 == 0 ? new[] { true, false } : [false, true])
                (telemetry ? on : off).Add(await blocks.AskAsync(Block, telemetry, cancellation));
        }
        return failed;
    }
}
