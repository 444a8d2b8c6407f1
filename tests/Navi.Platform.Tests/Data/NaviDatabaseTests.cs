using Navi.Platform.Data;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Data;

/// <summary>Statements that are sent together: one transaction, one organisation.</summary>
public sealed class NaviDatabaseTests
{
    private const string Key = "INSERT INTO navi.idempotency_keys (org_id, user_id, key, body_digest, task_id) VALUES ('acme', 'ada', @key, 'd', @id) RETURNING key;";

    private static readonly Scope Acme = Scope.Of("acme");

    [Fact]
    public async Task Run_StatementsTogether_AllHold()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await platform.Database.RunAsync(Acme, Key + "SELECT 7;", new { key = "k", id = Guid.NewGuid() }, async answers =>
        {
            Assert.Equal("k", await answers.ReadSingleAsync<string>());
            return await answers.ReadSingleAsync<int>();
        }, CancellationToken.None);
        Assert.Equal(1, await KeysAsync(platform, Acme));
    }

    [Fact]
    public async Task Run_OneOfThemFails_NoneHolds()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var failure = await Assert.ThrowsAsync<PostgresException>(() => platform.Database.RunAsync(Acme, Key + "SELECT 1 / @zero;", new { key = "k", id = Guid.NewGuid(), zero = 0 }, async answers =>
        {
            await answers.ReadAsync<string>();
            return await answers.ReadAsync<int>();
        }, CancellationToken.None));
        Assert.Equal(PostgresErrorCodes.DivisionByZero, failure.SqlState);
        Assert.Equal(0, await KeysAsync(platform, Acme));
    }

    [Fact]
    public async Task Run_PooledConnectionsAreDead_BeginsOnAnother()
    {
        await using var platform = await TestPlatform.CreateAsync();
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => platform.Database.QueryAsync<string>(Acme, "SELECT pg_sleep(0.05)::text", null, CancellationToken.None)));
            await platform.Server.DropConnectionsAsync();
            Assert.Equal(7, await platform.Database.FindAsync<int>(Acme, "SELECT 7", null, CancellationToken.None));
            await platform.Server.DropConnectionsAsync();
            var began = 0;
            Assert.Equal(8, await platform.Database.RunAsync(Acme, c => Task.FromResult(7 + ++began), CancellationToken.None));
        }
    }

    [Fact]
    public async Task Run_HoweverItEnds_LeavesNothingOnTheConnection()
    {
        await using var server = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(server.ConnectionString, CancellationToken.None);
        await using var database = new NaviDatabase(Microsoft.Extensions.Options.Options.Create(new DatabaseOptions { ConnectionString = server.ConnectionString, PoolSize = 2 }));
        using var cancelled = new CancellationTokenSource();
        Func<Task>[] ways =
        [
            () => database.QueryAsync<int>(Acme, "SELECT 1", null, CancellationToken.None),
            () => database.RunAsync(Acme, c => Task.FromResult(1), CancellationToken.None),
            () => database.QueryAsync<int>(Acme, "SELECT 1 / 0", null, CancellationToken.None),
            () => database.RunAsync<int>(Acme, c => throw new InvalidOperationException(), CancellationToken.None),
            () => database.RunAsync(Acme, "SELECT 1; SELECT 2", null, answers => answers.ReadSingleAsync<int>(), CancellationToken.None),
            () => database.QueryAsync<string>(Acme, "SELECT pg_sleep(30)::text", null, cancelled.Token),
        ];
        foreach (var (index, way) in ways.Index())
        {
            if (index == ways.Length - 1)
                cancelled.CancelAfter(TimeSpan.FromMilliseconds(200));
            await Record.ExceptionAsync(way);
            // As a library sees it that brings its own access.
            await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var look = new NpgsqlCommand("SELECT current_user = session_user AND coalesce(current_setting('navi.org', true), '') = ''", connection);
            Assert.True((bool)(await look.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, $"way {index}");
        }
    }

    [Fact]
    public async Task Run_CommitItselfFails_IsAnError()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await using (var owner = new NpgsqlConnection(platform.Server.ConnectionString))
        {
            await owner.OpenAsync();
            await using var make = new NpgsqlCommand("CREATE TABLE navi.late (n integer UNIQUE DEFERRABLE INITIALLY DEFERRED); GRANT ALL ON navi.late TO navi_app", owner);
            await make.ExecuteNonQueryAsync();
        }
        var failure = await Assert.ThrowsAsync<PostgresException>(() => platform.Database.QueryAsync<int>(Acme, "INSERT INTO navi.late VALUES (1), (1) RETURNING n", null, CancellationToken.None));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, failure.SqlState);
        Assert.Empty(await platform.Database.QueryAsync<int>(Acme, "SELECT n FROM navi.late", null, CancellationToken.None));
    }

    [Fact]
    public async Task Run_AnswerLeftUnread_IsAnError()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.Database.RunAsync(Acme, "SELECT 1; SELECT 2;", null, answers => answers.ReadSingleAsync<int>(), CancellationToken.None));
    }

    [Fact]
    public async Task Query_AnotherOrganisation_SeesNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync("acme");
        Assert.NotNull(await platform.Tasks.FindAsync(Acme, task.Id, CancellationToken.None));
        Assert.Null(await platform.Tasks.FindAsync(Scope.Of("other"), task.Id, CancellationToken.None));
        Assert.NotNull(await platform.Tasks.FindAsync(Scope.System, task.Id, CancellationToken.None));
    }

    private static async Task<int> KeysAsync(TestPlatform platform, Scope scope) =>
        (await platform.Database.QueryAsync<string>(scope, "SELECT key FROM navi.idempotency_keys", null, CancellationToken.None)).Count;
}
