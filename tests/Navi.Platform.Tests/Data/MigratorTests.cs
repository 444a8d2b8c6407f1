using Navi.Platform.Data;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Data;

public sealed class MigratorTests
{
    [Fact]
    public async Task RunAsync_Twice_AppliesOnce()
    {
        await using var database = await TestDatabase.CreateAsync();

        Assert.True(await Migrator.RunAsync(database.ConnectionString, CancellationToken.None) > 0);
        Assert.Equal(0, await Migrator.RunAsync(database.ConnectionString, CancellationToken.None));
    }

    [Fact]
    public async Task RunAsync_SixAtOnce_OneApplies()
    {
        await using var database = await TestDatabase.CreateAsync();

        var counts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Migrator.RunAsync(database.ConnectionString, CancellationToken.None)));

        Assert.Single(counts, c => c > 0);
    }

    [Fact]
    public async Task RunAsync_EditedMigration_Refuses()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(database.ConnectionString, CancellationToken.None);
        await ExecuteAsync(database, "UPDATE public.navi_migrations SET checksum = 'other' WHERE number = 1");

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator.RunAsync(database.ConnectionString, CancellationToken.None));

        Assert.Contains("0001_core.sql", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_NewerDatabase_Refuses()
    {
        await using var database = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(database.ConnectionString, CancellationToken.None);
        await ExecuteAsync(database, "INSERT INTO public.navi_migrations (number, name, checksum) VALUES (9999, 'x', 'x')");

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator.RunAsync(database.ConnectionString, CancellationToken.None));

        Assert.Contains("9999", failure.Message, StringComparison.Ordinal);
    }

    private static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
