using System.Text.Json.Nodes;

namespace Navi.EndToEnd.Tests.Serving;

public sealed class MigrateTests
{
    [Fact]
    public async Task Migrate_FreshDatabaseThenAgain_AppliesOnceAndNamesEach()
    {
        await using var deployment = await Deployment.CreateAsync();
        // A job that migrates has no keys, tokens or directories.
        foreach (var name in deployment.Environment.Keys.Where(k => k.StartsWith("Navi__", StringComparison.Ordinal) && k is not ("Navi__Environment" or "Navi__Database__ConnectionString")).ToList())
            deployment.Environment.Remove(name);

        var first = deployment.Start("migrate");
        Assert.True(await first.ExitCodeAsync() == 0, first.Error);
        Assert.Contains("applied 1 0001_core.sql", first.Output, StringComparison.Ordinal);
        Assert.Contains("applied durable 0001", first.Output, StringComparison.Ordinal);

        var second = deployment.Start("migrate");
        Assert.Equal(0, await second.ExitCodeAsync());
        Assert.Contains("Nothing to do", second.Output, StringComparison.Ordinal);

        var third = deployment.Start("migrate", "--json");
        Assert.Equal(0, await third.ExitCodeAsync());
        var document = JsonNode.Parse(third.Output)!;
        Assert.Empty(document["applied"]!.AsArray());
        Assert.Equal(document["schema"]!.GetValue<int>(), await deployment.Database.ScalarAsync("SELECT max(number) FROM public.navi_migrations"));
    }

    [Fact]
    public async Task Migrate_ShortName_NeedsNothingElse()
    {
        await using var deployment = await Deployment.CreateAsync();
        foreach (var name in deployment.Environment.Keys.Where(k => k.StartsWith("Navi__", StringComparison.Ordinal)).ToList())
            deployment.Environment.Remove(name);
        deployment.Environment["NAVI_DATABASE"] = deployment.Database.ConnectionString;

        var migrate = deployment.Start("migrate");
        Assert.True(await migrate.ExitCodeAsync() == 0, migrate.Error);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=x;Password=Zx8kq2;Database=x;SSL Mode=VerifyFull;Timeout=2", "can't be reached")]
    [InlineData("Host=db.example.com;Username=x;Password=Zx8kq2", "SSL Mode=VerifyFull")]
    [InlineData("", "Navi:Database:ConnectionString is missing")]
    public async Task Migrate_DatabaseIsAwayOrWrong_ExitsWithFour(string connection, string said)
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.Environment["Navi__Database__ConnectionString"] = connection;

        var migrate = deployment.Start("migrate");
        Assert.Equal(4, await migrate.ExitCodeAsync());
        Assert.Contains(said, migrate.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Zx8kq2", migrate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_DatabaseIsNewer_AcceptsOnlyWhatIsRecordedAsExpanding()
    {
        await using var deployment = await Deployment.CreateAsync();
        Assert.Equal(0, await deployment.Start("migrate").ExitCodeAsync());
        await deployment.Database.ScalarAsync("INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES (9998, '9998_more.sql', 'x', true)");
        var ahead = deployment.Start("migrate");
        Assert.Equal(0, await ahead.ExitCodeAsync());
        Assert.Contains("9998_more.sql", ahead.Output, StringComparison.Ordinal);

        await deployment.Database.ScalarAsync("INSERT INTO public.navi_migrations (number, name, checksum, expands) VALUES (9999, '9999_less.sql', 'x', false)");
        var refused = deployment.Start("migrate");
        Assert.Equal(4, await refused.ExitCodeAsync());
        Assert.Contains("migration 9999 (9999_less.sql), which this build does not know", refused.Error, StringComparison.Ordinal);
        var serve = deployment.Start("serve");
        Assert.Equal(4, await serve.ExitCodeAsync());
        Assert.Contains("migration 9999", serve.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_DurableSchemaIsNewer_Refuses()
    {
        await using var deployment = await Deployment.CreateAsync();
        Assert.Equal(0, await deployment.Start("migrate").ExitCodeAsync());
        await deployment.Database.ScalarAsync("INSERT INTO durable.schema_steps (step, checksum) VALUES ('9999', 'x')");

        var refused = deployment.Start("migrate");
        Assert.Equal(4, await refused.ExitCodeAsync());
        Assert.Contains("step 9999", refused.Error, StringComparison.Ordinal);
    }
}
