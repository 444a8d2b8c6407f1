using Navi.LoadTests.Watching;
using Navi.LoadTests.World;

namespace Navi.LoadTests.Costs;

/// <summary>
/// Runs a NAVI with telemetry and one without beside each other, and asks them in turn, in changing order, so that what else the machine does meets both alike; and again with new processes, so that
/// what is peculiar to one pair of them does not count as telemetry.
/// </summary>
internal static class TelemetryCostRun
{
    // A confidence interval that is looked at again and again is worth less each time, so it is looked at three times at most.
    private const int LeastRounds = 8;
    private const int RoundsOfALook = 4;
    private const int MostRounds = 16;
    private const int PairsOfARound = 6;
    private const int HistoryTasks = 8;
    private const int Clients = 8;
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    // Without this the compiler fits the code of each process to what that process happens to see.
    private static readonly KeyValuePair<string, string> SameCode = KeyValuePair.Create("DOTNET_TieredPGO", "0");

    public static async Task<TelemetryCost> RunAsync(LoadOptions options, CancellationToken cancellation)
    {
        var date = TimeProvider.System.GetUtcNow();
        var rounds = new List<TelemetryRound>();
        while (rounds.Count < MostRounds && !(rounds.Count >= LeastRounds && rounds.Count % RoundsOfALook == 0 && TelemetryCost.Decide([.. rounds.Select(r => r.ProcessorRatio)]) is not null))
            rounds.Add(await RoundAsync(options, onFirst: rounds.Count % 2 == 0, cancellation));
        return new TelemetryCost(
            date, PairsOfARound, HistoryTasks, Block.TotalSeconds, Clients, TelemetrySide.Sum([.. rounds.Select(r => r.On)]), TelemetrySide.Sum([.. rounds.Select(r => r.Off)]), [.. rounds.Select(r => r.ProcessorRatio)], [.. rounds.Select(r => r.Ratio)]);
    }

    private static async Task<TelemetryRound> RoundAsync(LoadOptions options, bool onFirst, CancellationToken cancellation)
    {
        await using var firstWorld = await StartAsync(onFirst);
        await using var secondWorld = await StartAsync(!onFirst);
        var first = await BlocksAsync(firstWorld, cancellation);
        var second = await BlocksAsync(secondWorld, cancellation);
        var (on, off) = onFirst ? (first, second) : (second, first);
        var logarithms = 0.0;
        for (var pair = 0; pair < PairsOfARound; pair++)
        {
            // Once in a round, about as often as Prometheus asks.
            var scraped = pair == PairsOfARound / 2;
            var (asked, unasked) = pair % 2 == 0
                ? (await on.AskAsync(Block, scraped, cancellation), await off.AskAsync(Block, false, cancellation))
                : Swap(await off.AskAsync(Block, false, cancellation), await on.AskAsync(Block, scraped, cancellation));
            logarithms += Math.Log(asked / unasked);
        }
        return new TelemetryRound(on.Side, off.Side, Math.Round(Math.Exp(logarithms / PairsOfARound), 4));

        Task<LoadWorld> StartAsync(bool telemetry) => LoadWorld.StartAsync(
            Clients, 0, options.FailEvery, instant: true, [.. options.Settings, SameCode, KeyValuePair.Create("Navi__Telemetry__Enabled", telemetry ? "true" : "false")], cancellation);
    }

    private static (double, double) Swap(double off, double on) => (on, off);

    private static async Task<TelemetryBlocks> BlocksAsync(LoadWorld world, CancellationToken cancellation)
    {
        await using var database = new DatabaseWatch(world.Cluster.ConnectionString);
        var blocks = new TelemetryBlocks(world, await database.ServerAsync(cancellation), Clients);
        await blocks.AskAsync(WarmUp, false, cancellation);
        blocks.Forget();
        await blocks.WorkAsync(HistoryTasks, cancellation);
        return blocks;
    }
}
