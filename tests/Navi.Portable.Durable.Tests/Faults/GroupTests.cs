using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

/// <summary>Turns that end together: what is wrong with one of them is no other one's trouble.</summary>
public sealed class GroupTests : IAsyncLifetime
{
    private const int Size = 20;
    private const string Stale = "turn-7";
    private const string Poison = "turn-13";
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(90));
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        limit.Dispose();
    }

    [Theory, BothModes]
    public async Task Turns_OneStaleAndOnePoisonAmongTwenty_TheOthersAreCommitted(int sticky)
    {
        using var inside = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var decided = 0;
        await using var host = await DurableHost.StartAsync(
            database,
            tasks => tasks.AddOrchestratorFunc<string>("Turn", async context =>
            {
                context.SetCustomStatus("waiting");
                var said = await context.WaitForExternalEvent<string>("go");
                Interlocked.Increment(ref decided);
                if (context.InstanceId == Stale && !goOn.IsSet)
                {
                    inside.Set();
                    goOn.Wait(TimeSpan.FromSeconds(60));
                }
                return context.InstanceId == Poison ? "a\0b" : said;
            }),
            options =>
            {
                options.StickyInstances = sticky;
                options.MaxConcurrentOrchestrations = Size + 4;
                options.DataConverter = new RawText();
            });
        string[] ids = [.. Enumerable.Range(0, Size).Select(n => $"turn-{n}")];
        foreach (var id in ids) await host.Client.ScheduleNewOrchestrationInstanceAsync("Turn", null, new StartOrchestrationOptions { InstanceId = id }, limit.Token);
        await Eventually.TrueAsync(async () => await CountAsync("custom_status = '\"waiting\"'") == Size, limit.Token);

        // While somebody holds the histories no turn is committed: those that end meanwhile are there together.
        await using (var holder = new NpgsqlConnection(database.ConnectionString))
        {
            await holder.OpenAsync();
            await using var transaction = await holder.BeginTransactionAsync();
            await using (var hold = new NpgsqlCommand("LOCK TABLE durable.history IN EXCLUSIVE MODE", holder, transaction)) await hold.ExecuteNonQueryAsync();
            foreach (var id in ids) await host.Client.RaiseEventAsync(id, "go", id, limit.Token);
            await Eventually.TrueAsync(() => inside.IsSet, limit.Token);
            Assert.Equal(1, await Sql.ExecuteAsync(
                database, $"UPDATE durable.instances SET worker_id = 999, lease_until = now() + interval '1 hour', epoch = epoch + 1 WHERE instance_id = '{Stale}'"));
            goOn.Set();
            await Eventually.TrueAsync(() => Volatile.Read(ref decided) >= Size, limit.Token);
            await transaction.CommitAsync();
        }

        foreach (var id in ids.Except([Stale, Poison]))
            Assert.Equal(id, (await host.Client.WaitForInstanceCompletionAsync(id, true, limit.Token)).ReadOutputAs<string>());
        var poison = await host.Client.WaitForInstanceCompletionAsync(Poison, true, limit.Token);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, poison.RuntimeStatus);
        Assert.Contains("can't be stored", poison.FailureDetails!.ErrorMessage);
        Assert.Equal(1L, await CountAsync($"instance_id = '{Stale}' AND worker_id = 999 AND status = 0"));
        await Sql.ExecuteAsync(database, "UPDATE durable.instances SET worker_id = NULL WHERE worker_id = 999");
        Assert.Equal(Stale, (await host.Client.WaitForInstanceCompletionAsync(Stale, true, limit.Token)).ReadOutputAs<string>());
    }

    private Task<long> CountAsync(string which) => Sql.ScalarAsync<long>(database, $"SELECT count(*) FROM durable.instances WHERE {which}");

    // JSON would write U+0000 as an escape, which PostgreSQL takes.
    private sealed class RawText : DataConverter
    {
        public override string? Serialize(object? value) => value is string text && text.Contains('\0') ? text : JsonDataConverter.Default.Serialize(value);

        public override object? Deserialize(string? data, Type targetType) => JsonDataConverter.Default.Deserialize(data, targetType);
    }
}
