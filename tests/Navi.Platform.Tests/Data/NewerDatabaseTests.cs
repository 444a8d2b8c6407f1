using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting.Readiness;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Data;

/// <summary>A database that a newer build has migrated: the start and the readiness check judge it alike.</summary>
public sealed class NewerDatabaseTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private NaviDatabase application = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DatabaseOptions Given => new() { ConnectionString = database.ConnectionString };

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        application = new NaviDatabase(Options.Create(Given));
        await Migrator.RunAsync(Given, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Run_AheadByAnExpansion_WorksAndTellsOfIt()
    {
        await ExecuteAsync("INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES (9998, '9998_more.sql', 'x', true)");

        var outcome = await Migrator.RunAsync(Given, Stop);

        Assert.Empty(outcome.Applied);
        Assert.Equal(9998, Assert.Single(outcome.Ahead).Number);
        Assert.Null(await new DatabaseReadiness(application).ProblemAsync(Stop));
    }

    [Theory]
    [InlineData("false")]
    [InlineData("NULL")]
    public async Task Run_AheadByMore_RefusesAndIsNotReady(string expands)
    {
        await ExecuteAsync($"INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES (9998, '9998_more.sql', 'x', true), (9999, '9999_less.sql', 'x', {expands})");

        var failure = await Assert.ThrowsAsync<MigrationException>(() => Migrator.RunAsync(Given, Stop));

        Assert.Contains("9999 (9999_less.sql)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("9999", await new DatabaseReadiness(application).ProblemAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TableOfAnOlderBuild_GetsTheColumnAndIsReadyBefore()
    {
        await ExecuteAsync("ALTER TABLE public.navi_migrations DROP COLUMN expands");
        Assert.Null(await new DatabaseReadiness(application).ProblemAsync(Stop));

        await Migrator.RunAsync(Given, Stop);

        Assert.Equal(true, await database.ScalarAsync("SELECT bool_and(expands IS NULL) FROM public.navi_migrations"));
    }

    [Fact]
    public async Task Run_FreshDatabase_RecordsWhatExpands()
    {
        foreach (var migration in MigrationSet.All)
            Assert.Equal(migration.Expands, await database.ScalarAsync($"SELECT expands FROM public.navi_migrations WHERE number = {migration.Number}"));
        await ExecuteAsync($"DELETE FROM public.navi_migrations WHERE number = {MigrationSet.All[^1].Number}");
        Assert.Contains("lacks migration", await new DatabaseReadiness(application).ProblemAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_LoginOfADeployment_MayMigrate()
    {
        await using var deployed = await TestDatabase.CreateDeployedAsync();
        var given = new DatabaseOptions { ConnectionString = deployed.ConnectionString };

        Assert.Equal(MigrationSet.All.Count, (await Migrator.RunAsync(given, Stop)).Applied.Count);
        Assert.Empty((await Migrator.RunAsync(given, Stop)).Applied);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
