using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Data;

public sealed class RowLevelSecurityTests
{
    [Fact]
    public async Task Tables_AllWithAnOrganisation_HaveForcedPolicies()
    {
        await using var platform = await TestPlatform.CreateAsync();

        var open = await platform.Database.RunAsync(Scope.System, c => c.QueryAsync<string>(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'navi' AND c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity
              AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'org_id' AND a.attnotnull))
            """), CancellationToken.None);

        Assert.Empty(open);
    }

    [Fact]
    public async Task Scope_OtherOrganisation_SeesAndChangesNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync("acme");

        Assert.Null(await platform.Tasks.FindAsync(Scope.Of("other"), task.Id, CancellationToken.None));
        Assert.Empty(await platform.Tasks.ListAsync(Scope.Of("other"), new TaskQuery(), null, 10, CancellationToken.None));
        Assert.Empty(await platform.Events.ReadAsync(Scope.Of("other"), task.Id, 0, 10, CancellationToken.None));
        Assert.Equal(0, await platform.Database.RunAsync(Scope.Of("other"), c => c.ExecuteAsync("UPDATE navi.tasks SET prompt = 'stolen'"), CancellationToken.None));
        Assert.Equal(0, await platform.Database.RunAsync(Scope.Of("other"), c => c.ExecuteAsync("DELETE FROM navi.task_events"), CancellationToken.None));
        Assert.NotNull(await platform.Tasks.FindAsync(Scope.Of("acme"), task.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Scope_WritingAnotherOrganisationsRow_IsRefused()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync("acme");

        var failure = await Assert.ThrowsAsync<PostgresException>(() => platform.Database.RunAsync(
            Scope.Of("acme"), c => c.ExecuteAsync("UPDATE navi.tasks SET org_id = 'other' WHERE id = @Id", new { task.Id }), CancellationToken.None));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, failure.SqlState);
    }

    [Fact]
    public async Task Connection_AfterAScope_HasNoOrganisationLeft()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await platform.CreateTaskAsync("acme");
        await using var plain = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(platform.Server.ConnectionString) { ApplicationName = "navi" }.ConnectionString);
        await plain.OpenAsync();

        Assert.Equal("", await plain.ExecuteScalarAsync<string>("SELECT coalesce(current_setting('navi.org', true), '')"));
    }
}
