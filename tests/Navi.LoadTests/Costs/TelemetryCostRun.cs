using Navi.LoadTests.Watching;
using Navi.LoadTests.World;

namespace Navi.LoadTests.Costs;

/// <summary>Runs a NAVI with telemetry and one without beside each other, and asks them in turn, in changing order, so that what else the machine does meets both alike.</summary>
internal static class TelemetryCostRun
{
    // A confidence interval that is looked at again and again is worth less each time, so it is looked at four times at most.
    private const int PairsOfALook = 16;
    private const int MostPairs = 64;
    private const int HistoryTasks = 32;
    private const int Clients = 8;
    private const int TasksOfABlock = 4;
    private const int TaskEvery = 4;
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    public static async Task<TelemetryCost> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        await using var worldOn = await StartAsync(true);
        await using var worldOff = await StartAsync(false);
        var on = await BlocksAsync(worldOn, scraped: true);
        var off = await BlocksAsync(worldOff, scraped: false);
        var date = TimeProvider.System.GetUtcNow();
        var ratios = new List<double>();
        for (var pair = 0; pair < MostPairs && !(pair > 0 && pair % PairsOfALook == 0 && TelemetryCost.Decide(ratios) is not null); pair++)
        {
            var first = pair % 2 == 0 ? on : off;
            var second = pair % 2 == 0 ? off : on;
            var (one, other) = (await first.AskAsync(Block, cancellation), await second.AskAsync(Block, cancellation));
            ratios.Add(Math.Round(pair % 2 == 0 ? one / other : other / one, 4));
            if (pair % TaskEvery != 0)
                continue;
            await first.WorkAsync(TasksOfABlock, cancellation);
            await second.WorkAsync(TasksOfABlock, cancellation);
        }
        return new TelemetryCost(date, ratios.Count, HistoryTasks, Block.TotalSeconds, Clients, on.Side, off.Side, ratios);

        Task<LoadWorld> StartAsync(bool telemetry) => LoadWorld.StartAsync(
            Clients, 0, options.FailEvery, instant: true, [.. options.Settings, KeyValuePair.Create("Navi__Telemetry__Enabled", telemetry ? "true" : "false")], cancellation);

        async Task<TelemetryBlocks> BlocksAsync(LoadWorld world, bool scraped)
        {
            await using var database = new DatabaseWatch(world.Cluster.ConnectionString);
            var blocks = new TelemetryBlocks(world, await database.ServerAsync(cancellation), Clients, scraped);
            for (var done = 0; done < HistoryTasks; done += TasksOfABlock)
                await blocks.WorkAsync(TasksOfABlock, cancellation);
            await blocks.AskAsync(WarmUp, cancellation);
            blocks.Forget();
            return blocks;
        }
    }
}
