using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Gauges;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>What the pool's gauges say while its connections are all taken.</summary>
public sealed class PoolGaugesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_MoreWantConnectionsThanThereAre_TellsHowManyWait()
    {
        await using var server = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(server.ConnectionString, Stop);
        await using var database = new NaviDatabase(Options.Create(new DatabaseOptions { ConnectionString = server.ConnectionString, PoolSize = 2 }));
        using var gauges = new PoolGauges(database);
        Assert.Equal(0, Value(MetricCatalogue.PoolPending));
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = Enumerable.Range(0, 5).Select(_ => database.RunAsync(Scope.System, async _ =>
        {
            await release.Task;
            return 0;
        }, Stop)).ToList();
        await Wait.UntilAsync(() => Task.FromResult(Value(MetricCatalogue.PoolPending) == 3), () => $"{Value(MetricCatalogue.PoolPending)} wait");
        Assert.Equal((2, 2), (Value(MetricCatalogue.PoolUsed), Value(MetricCatalogue.PoolMax)));
        release.SetResult();
        await Task.WhenAll(work);
        Assert.Equal(0, Value(MetricCatalogue.PoolPending));

        double Value(MetricDefinition metric) => gauges.Read().Single(s => s.Metric == metric).Value;
    }
}
