using Navi.Portable.Durable.Tests.Support;
using Navi.Testing;
using Npgsql;

namespace Navi.Portable.Durable.Tests.Faults;

public sealed class SchemaTests
{
    [Fact]
    public async Task Ensure_ManyAtOnceAndAgain_AppliesEachStepOnce()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken)));
        await DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken);

        Assert.Equal("0001 0002", await Sql.ScalarAsync<string>(database, "SELECT string_agg(step, ' ' ORDER BY step) FROM durable.schema_steps"));
        Assert.Equal("0003 0004 0005", await Sql.ScalarAsync<string>(database, "SELECT string_agg(step, ' ' ORDER BY step) FROM durable.schema_expansions"));
    }

    [Fact]
    public async Task Ensure_ExpansionOfANewerProgram_IsNoHindrance()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);
        await DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken);
        await Sql.ExecuteAsync(database, "INSERT INTO durable.schema_expansions (step, checksum) VALUES ('9999', 'unknown')");

        Assert.Empty(await DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ensure_StepOfANewerProgram_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);
        await DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken);
        await Sql.ExecuteAsync(database, "INSERT INTO durable.schema_steps (step, checksum) VALUES ('9999', 'unknown')");

        Assert.Contains("9999", (await Assert.ThrowsAsync<InvalidOperationException>(() => DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_StepOfOtherContent_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var data = NpgsqlDataSource.Create(database.ConnectionString);
        await DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken);
        await Sql.ExecuteAsync(database, "UPDATE durable.schema_steps SET checksum = 'other'");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => DurableSchema.EnsureAsync(data, TestContext.Current.CancellationToken));
        Assert.Contains("0001", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ensure_RoleThatMayNotCreate_StartsWhenNothingIsLeftToDo()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var owner = NpgsqlDataSource.Create(database.ConnectionString)) await DurableSchema.EnsureAsync(owner, TestContext.Current.CancellationToken);
        var role = "r_" + Guid.NewGuid().ToString("n");
        await Sql.ExecuteAsync(database, $"CREATE ROLE {role}; GRANT USAGE ON SCHEMA durable TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA durable TO {role}");
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = $"-c role={role}" };
            await using var guest = NpgsqlDataSource.Create(settings.ConnectionString);

            await DurableSchema.EnsureAsync(guest, TestContext.Current.CancellationToken);
        }
        finally
        {
            await Sql.ExecuteAsync(database, $"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [Theory]
    [InlineData("ConnectionString")]
    [InlineData("MaxConcurrentActivities")]
    [InlineData("LeaseDuration")]
    [InlineData("StickyInstances")]
    public void Options_ThatCannotWork_AreRefusedByName(string option)
    {
        var options = new DurableOptions { ConnectionString = "Host=somewhere" };
        switch (option)
        {
            case "ConnectionString":
                options.ConnectionString = " ";
                break;
            case "MaxConcurrentActivities":
                options.MaxConcurrentActivities = 0;
                break;
            case "LeaseDuration":
                options.LeaseDuration = TimeSpan.FromMilliseconds(1);
                break;
            default:
                options.StickyInstances = -1;
                break;
        }

        Assert.Contains(option, Assert.Throws<InvalidOperationException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
