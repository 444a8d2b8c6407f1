using Navi.Platform.Data;
using Navi.Platform.Hosting;
using Navi.Testing;
using Npgsql;

namespace Navi.Platform.Tests.Data;

public sealed class WorkspaceAgreementTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("navi-agreement-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task AgreeAsync_SeveralHomesAtOnce_AllWorkInOne()
    {
        await using var database = await MigratedAsync();

        var agreed = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => AgreeAsync(database, $"home-{n % 3}")));

        Assert.Single(agreed.Distinct());
        Assert.Equal(agreed[0], await AgreeAsync(database, "another"));
    }

    [Fact]
    public async Task AgreeAsync_DirectoryGone_TheNextTakesOver()
    {
        await using var database = await MigratedAsync();
        Directory.Delete(await AgreeAsync(database, "first"), recursive: true);

        Assert.Equal(Path.Combine(root, "second"), await AgreeAsync(database, "second"));
    }

    [Fact]
    public async Task AgreeAsync_OtherMachine_RefusesAndNamesThePlace()
    {
        await using var database = await MigratedAsync();
        await using (var connection = new NpgsqlConnection(database.ConnectionString))
        {
            await connection.OpenAsync();
            await using var elsewhere = new NpgsqlCommand("INSERT INTO public.navi_workspaces (machine, root, mark) VALUES ('elsewhere', '/srv/navi', 'm')", connection);
            await elsewhere.ExecuteNonQueryAsync();
        }

        var failure = await Assert.ThrowsAsync<WorkspaceAgreementException>(() => AgreeAsync(database, "home"));

        Assert.Contains("'/srv/navi' on 'elsewhere'", failure.Message, StringComparison.Ordinal);
    }

    private Task<string> AgreeAsync(TestDatabase database, string home) => WorkspaceAgreement.AgreeAsync(new DatabaseOptions { ConnectionString = database.ConnectionString }, Path.Combine(root, home), CancellationToken.None);

    private static async Task<TestDatabase> MigratedAsync()
    {
        var database = await TestDatabase.CreateAsync();
        await Migrator.RunAsync(database.ConnectionString, CancellationToken.None);
        return database;
    }
}
