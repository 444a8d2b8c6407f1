using System.Diagnostics;
using System.Text.RegularExpressions;
using Navi.Platform.Data;
using Navi.Platform.Data.Local;
using Navi.Testing;
using Npgsql;

namespace Navi.Deployment.Tests.Bicep;

/// <summary>The SQL of docs/DEPLOYMENT_AZURE.md that gives NAVI's identity its roles, run by psql on a PostgreSQL of its own, by an administrator who is as little a superuser as Azure's is.</summary>
public sealed partial class DatabaseRolesTests : IAsyncLifetime
{
    private const string Identity = "navi-production-app";

    private readonly string home = Directory.CreateTempSubdirectory("navi-roles-").FullName;
    private string server = "";

    private string Administrator => new NpgsqlConnectionStringBuilder(server) { Username = "navi-operators", Database = "navi", Pooling = false }.ConnectionString;

    private string Navi => new NpgsqlConnectionStringBuilder(server) { Username = Identity, Database = "navi", Pooling = false }.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        // As root the server runs as another user, who must be able to pass through.
        File.SetUnixFileMode(home, File.GetUnixFileMode(home) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        server = await LocalCluster.StartAsync(new LocalClusterOptions(home) { Database = "maintenance", Durable = false }, TestContext.Current.CancellationToken);
        // As Azure makes them: its administrators' role owns the database, and pgaadauth_create_principal makes a role that may sign in and nothing else.
        var password = new NpgsqlConnectionStringBuilder(server).Password;
        await RunAsync(server, $"""
            CREATE ROLE azure_pg_admin NOLOGIN CREATEROLE CREATEDB;
            CREATE ROLE "navi-operators" LOGIN CREATEROLE CREATEDB IN ROLE azure_pg_admin PASSWORD '{password}';
            CREATE ROLE "{Identity}" LOGIN PASSWORD '{password}'
            """);
        await RunAsync(server, "CREATE DATABASE navi OWNER azure_pg_admin");
    }

    public async ValueTask DisposeAsync()
    {
        await LocalCluster.StopAsync(home, CancellationToken.None);
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Roles_OfTheDocument_LetNaviMigrateAndNoMore()
    {
        await Assert.ThrowsAsync<PostgresException>(() => Migrator.RunAsync(Navi, TestContext.Current.CancellationToken));

        await PsqlAsync(Sql());
        // What may be run twice.
        await PsqlAsync(Sql());

        Assert.True(await Migrator.RunAsync(Navi, TestContext.Current.CancellationToken) > 0);
        await using var navi = new NpgsqlConnection(Navi);
        await navi.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand("SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user", navi);
        Assert.False((bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        foreach (var role in new[] { "navi_app", "navi_system", "navi_owner" })
        {
            await using var become = new NpgsqlCommand($"SET ROLE {role}; SELECT count(*) FROM navi.tasks; RESET ROLE", navi);
            await become.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private static string Sql()
    {
        var match = Block().Match(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "DEPLOYMENT_AZURE.md")));
        Assert.True(match.Success, "docs/DEPLOYMENT_AZURE.md has no SQL below '<!-- roles: run by a test -->'.");
        return match.Groups[1].Value;
    }

    private async Task PsqlAsync(string sql)
    {
        var administrator = new NpgsqlConnectionStringBuilder(Administrator);
        var start = new ProcessStartInfo(Path.Combine(PostgresBinaries.Find()!, "psql"), ["--no-psqlrc", "--set=ON_ERROR_STOP=1", $"--set=app={Identity}"]) { RedirectStandardInput = true, RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"], start.Environment["PGUSER"]) = (administrator.Host, administrator.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), administrator.Username);
        (start.Environment["PGDATABASE"], start.Environment["PGPASSWORD"]) = (administrator.Database, administrator.Password);
        using var psql = Process.Start(start)!;
        await psql.StandardInput.WriteAsync(sql);
        psql.StandardInput.Close();
        var said = await psql.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await psql.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(psql.ExitCode == 0, said);
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"<!-- roles: run by a test -->\n```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
