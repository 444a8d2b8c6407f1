using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Navi.Platform.Data;

/// <summary>
/// The application's one way into PostgreSQL: every unit of work is a transaction that takes a role and an organisation for itself alone,
/// so that it works through PgBouncer in transaction mode and row-level security always applies.
/// </summary>
public sealed class NaviDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source;

    static NaviDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Builds the data source from the options; the pool's size is applied.</summary>
    public NaviDatabase(IOptions<DatabaseOptions> options)
    {
        var given = options.Value;
        var connection = new NpgsqlConnectionStringBuilder(given.ConnectionString)
        {
            MaxPoolSize = given.PoolSize,
            CommandTimeout = given.CommandTimeoutSeconds,
            ApplicationName = "navi",
            Timeout = 15,
        };
        source = new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
    }

    /// <summary>
    /// The pool, for a library that brings its own access. What is read through it is bound by the login's own rights and the policies of the roles it belongs to,
    /// so it serves only tables that are the system's.
    /// </summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it; any exception rolls everything back.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached or refused.</exception>
    public async Task<T> RunAsync<T>(Scope scope, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var enter = new NpgsqlCommand("SELECT set_config('role', $1, true), set_config('navi.org', $2, true)", connection, transaction))
        {
            enter.Parameters.Add(new() { Value = scope.Organisation is null ? "navi_system" : "navi_app" });
            enter.Parameters.Add(new() { Value = scope.Organisation ?? "" });
            await enter.ExecuteNonQueryAsync(cancellation);
        }
        var result = await work(connection);
        await transaction.CommitAsync(cancellation);
        return result;
    }

    /// <summary>As the other overload, for work without a result.</summary>
    public Task RunAsync(Scope scope, Func<NpgsqlConnection, Task> work, CancellationToken cancellation) =>
        RunAsync(scope, async c =>
        {
            await work(c);
            return true;
        }, cancellation);

    /// <summary>Closes the pool.</summary>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
