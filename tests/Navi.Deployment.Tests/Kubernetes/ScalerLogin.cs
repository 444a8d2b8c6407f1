using Navi.Testing;
using Npgsql;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>A login as docs/DEPLOYMENT_KUBERNETES.md makes it for KEDA: a member of navi_scaler and of nothing else.</summary>
internal sealed class ScalerLogin : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string name = "keda_" + Guid.NewGuid().ToString("n");
    private readonly NpgsqlDataSource source;

    private ScalerLogin(TestDatabase database)
    {
        this.database = database;
        source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = name, Password = name, MaxPoolSize = 2 });
    }

    public static async Task<ScalerLogin> CreateAsync(TestDatabase database)
    {
        var login = new ScalerLogin(database);
        await login.AsOwnerAsync($"CREATE ROLE {login.name} LOGIN PASSWORD '{login.name}' IN ROLE navi_scaler");
        return login;
    }

    /// <summary>Runs one statement as KEDA would and returns the number it answers.</summary>
    public async Task<double> NumberAsync(string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await AnswerAsync(command);
    }

    /// <summary>Runs one statement as KEDA would, but in another transaction's snapshot, and returns the number it answers.</summary>
    public async Task<double> NumberAsync(string sql, string snapshot)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using (var take = new NpgsqlCommand($"SET TRANSACTION SNAPSHOT '{snapshot}'", connection, transaction))
            await take.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        return await AnswerAsync(command);
    }

    /// <summary>The SQLSTATE by which the server refuses a statement; null when it does not.</summary>
    public async Task<string?> RefusalAsync(string sql)
    {
        try
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await AsOwnerAsync($"DROP ROLE {name}");
    }

    private static async Task<double> AnswerAsync(NpgsqlCommand command) => Convert.ToDouble(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);

    private async Task AsOwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
