using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Worker;
using Navi.Testing;
using Navi.Testing.Postgres;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

public sealed class RemoteWakeTests
{
    [Fact]
    public async Task Set_ManyTimesWhileOneIsSent_IsSentOnceMore()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var proxy = PostgresProxy.Start(database.ConnectionString);
        await using var source = NpgsqlDataSource.Create(proxy.ConnectionString);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var heard = new List<string>();
        await using var listener = new NpgsqlConnection(database.ConnectionString);
        await listener.OpenAsync(limit.Token);
        listener.Notification += (_, notification) => heard.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {WorkerStore.Channel}", listener)) await listen.ExecuteNonQueryAsync(limit.Token);
        await using (await source.OpenConnectionAsync(limit.Token))
        {
        }
        var wake = new RemoteWake(new WorkerStore(source), () => 7);
        proxy.Freeze();

        for (var n = 0; n < 100; n++) wake.Set();
        proxy.Thaw();

        while (heard.Count < 2) await listener.WaitAsync(limit.Token);
        await new WorkerStore(source).NotifyAsync(8, limit.Token);
        while (heard[^1] != "8") await listener.WaitAsync(limit.Token);
        Assert.Equal(["7", "7", "8"], heard);
    }
}
