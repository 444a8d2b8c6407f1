using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

public sealed class HotConnectionsTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private TestDatabase database = null!;
    private NpgsqlDataSource source = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        source = NpgsqlDataSource.Create(database.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Rent_SeveralRest_GivesTheLastUsed()
    {
        await using var connections = new HotConnections(source, 4);
        var (first, second) = (await connections.RentAsync(Never), await connections.RentAsync(Never));
        await connections.ReturnAsync(first);
        await connections.ReturnAsync(second);

        var again = await connections.RentAsync(Never);

        Assert.Same(second, again);
        await connections.ReturnAsync(again);
    }

    [Fact]
    public async Task Return_ABrokenOne_DropsThoseThatRest()
    {
        await using var connections = new HotConnections(source, 4);
        var (resting, broken) = (await connections.RentAsync(Never), await connections.RentAsync(Never));
        await connections.ReturnAsync(resting);
        await Sql.ExecuteAsync(database, $"SELECT pg_terminate_backend({broken.ProcessID})");
        await using (var command = new NpgsqlCommand("SELECT 1", broken)) await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteNonQueryAsync(Never));

        await connections.ReturnAsync(broken);

        Assert.Equal(System.Data.ConnectionState.Closed, resting.State);
    }

    [Fact]
    public async Task Trim_UnusedSinceTheLast_GoesBack()
    {
        await using var connections = new HotConnections(source, 4);
        var connection = await connections.RentAsync(Never);
        await connections.ReturnAsync(connection);
        await connections.TrimAsync();
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);

        await connections.TrimAsync();

        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
    }
}
