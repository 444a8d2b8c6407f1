using Navi.Platform.Data.Local;
using Npgsql;

namespace Navi.Platform.Tests.Data;

public sealed class LocalClusterTests : IAsyncLifetime
{
    private readonly string home = Path.Combine(Path.GetTempPath(), $"navi-cluster-{Guid.NewGuid():n}");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await LocalCluster.StopAsync(home, CancellationToken.None);
        if (Directory.Exists(home))
            Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task StartAsync_FreshHomeThenAgain_KeepsTheData()
    {
        var first = await LocalCluster.StartAsync(new LocalClusterOptions(home), CancellationToken.None);
        await RunAsync(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        Assert.True(await LocalCluster.StopAsync(home, CancellationToken.None));
        Assert.False(await LocalCluster.StopAsync(home, CancellationToken.None));

        var second = await LocalCluster.StartAsync(new LocalClusterOptions(home), CancellationToken.None);

        Assert.Equal(7, await RunAsync(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task StartAsync_TwoAtOnce_BothReachOneServer()
    {
        var both = await Task.WhenAll(
            LocalCluster.StartAsync(new LocalClusterOptions(home), CancellationToken.None),
            LocalCluster.StartAsync(new LocalClusterOptions(home), CancellationToken.None));

        Assert.Equal(both[0], both[1]);
        Assert.Equal(1, await RunAsync(both[1], "SELECT 1"));
    }

    [Fact]
    public async Task StartAsync_HalfMadeCluster_IsMadeAnew()
    {
        Directory.CreateDirectory(Path.Combine(home, "postgres.unfinished", "data"));
        await File.WriteAllTextAsync(Path.Combine(home, "postgres.unfinished", "data", "junk"), "x");

        var connection = await LocalCluster.StartAsync(new LocalClusterOptions(home), CancellationToken.None);

        Assert.Equal(1, await RunAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task StartAsync_HomeThatCannotBeMade_NamesNaviHome()
    {
        var failure = await Assert.ThrowsAsync<LocalClusterException>(
            () => LocalCluster.StartAsync(new LocalClusterOptions("/proc/navi"), CancellationToken.None));

        Assert.Contains("NAVI_HOME", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
