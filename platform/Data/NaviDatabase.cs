using Dapper;
using Microsoft.Extensions.Options;
using Navi.Platform.Data.Connections;
using Npgsql;

namespace Navi.Platform.Data;

/// <summary>
/// The application's one way into PostgreSQL: every unit of work is a transaction that takes a role and an organisation for itself alone,
/// so that it works through PgBouncer in transaction mode and row-level security always applies.
/// </summary>
public sealed class NaviDatabase : IAsyncDisposable
{
    private const string Enter = "SELECT set_config('role', @navi_role, true), set_config('navi.org', @navi_org, true);\n";

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
            // Role and organisation end with their transaction and nothing else is set: a connection that is taken again has nothing to forget.
            NoResetOnClose = true,
        };
        var builder = new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = PoolName };
        DatabaseConnections.Authenticate(builder, given);
        source = builder.Build();
    }

    /// <summary>
    /// The pool, for a library that brings its own access. What is read through it is bound by the login's own rights and the policies of the roles it belongs to,
    /// so it serves only tables that are the system's.
    /// </summary>
    internal NpgsqlDataSource Source => source;

    /// <summary>Name of the pool in Npgsql's metrics: several of them may be in one process.</summary>
    internal string PoolName { get; } = $"navi-{Guid.NewGuid():n}";

    /// <summary>Runs <paramref name="work"/> in one transaction and commits it; any exception rolls everything back.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached or refused.</exception>
    public async Task<T> RunAsync<T>(Scope scope, Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellation)
    {
        // Until the work begins nothing has happened: it may begin on another connection.
        await using var transaction = await AgainWhenDeadAsync(() => BeginAsync(scope, cancellation));
        await using var connection = transaction.Connection!;
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

    /// <summary>
    /// Runs statements that need nothing from each other's answers as one transaction in a single exchange with the server, where
    /// <see cref="RunAsync{T}(Scope, Func{NpgsqlConnection, Task{T}}, CancellationToken)"/> needs one for its beginning, one for each statement and one for its end.
    /// </summary>
    /// <remarks>
    /// Statements that are sent together without BEGIN are one transaction until the message Sync that ends them (PostgreSQL, Extended Query,
    /// Pipelining): all of them hold or none, and role and organisation end with it.
    /// </remarks>
    /// <param name="scope">Whose rows.</param>
    /// <param name="sql">Statements, separated by semicolons.</param>
    /// <param name="parameters">Their parameters by name; shared by all.</param>
    /// <param name="read">Reads the answers of all statements that have some, in order. By then they may have been committed: an exception of its own undoes nothing.</param>
    /// <param name="cancellation">Ends the wait; what was not committed is rolled back.</param>
    /// <exception cref="NpgsqlException">The database could not be reached or refused.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="read"/> left answers unread.</exception>
    public async Task<T> RunAsync<T>(Scope scope, string sql, object? parameters, Func<SqlMapper.GridReader, Task<T>> read, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var all = new DynamicParameters(parameters);
        all.Add("navi_role", RoleOf(scope));
        all.Add("navi_org", scope.Organisation ?? "");
        await using var answers = await connection.QueryMultipleAsync(new CommandDefinition(Enter + sql, all, cancellationToken: cancellation));
        await answers.ReadAsync<(string, string)>();
        var result = await read(answers);
        // Only after the last answer has the server said that it committed.
        return answers.IsConsumed ? result : throw new InvalidOperationException("Not every statement's answer was read.");
    }

    /// <summary>The rows of one statement, in a single exchange with the server. It is asked again when the connection was dead: only for statements that may run twice.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached or refused.</exception>
    public Task<List<T>> QueryAsync<T>(Scope scope, string sql, object? parameters, CancellationToken cancellation) =>
        AgainWhenDeadAsync(() => RunAsync(scope, sql, parameters, async answers => (await answers.ReadAsync<T>()).AsList(), cancellation));

    /// <summary>The only row of one statement, in a single exchange with the server; null when there is none. Asked again as <see cref="QueryAsync"/> is.</summary>
    /// <exception cref="NpgsqlException">The database could not be reached or refused.</exception>
    public Task<T?> FindAsync<T>(Scope scope, string sql, object? parameters, CancellationToken cancellation) =>
        AgainWhenDeadAsync(() => RunAsync(scope, sql, parameters, answers => answers.ReadSingleOrDefaultAsync<T?>(), cancellation));

    /// <summary>Closes the pool.</summary>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<NpgsqlTransaction> BeginAsync(Scope scope, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var enter = new NpgsqlCommand("SELECT set_config('role', $1, true), set_config('navi.org', $2, true)", connection, transaction);
            enter.Parameters.Add(new() { Value = RoleOf(scope) });
            enter.Parameters.Add(new() { Value = scope.Organisation ?? "" });
            await enter.ExecuteNonQueryAsync(cancellation);
            return transaction;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // A pool does not see that the server, or a pooler between, has closed what lies in it.
    private async Task<T> AgainWhenDeadAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (NpgsqlException e) when (e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown } || (e is not PostgresException && e.InnerException is IOException))
        {
            source.Clear();
            return await ask();
        }
    }

    private static string RoleOf(Scope scope) => scope.Organisation is null ? "navi_system" : "navi_app";
}
