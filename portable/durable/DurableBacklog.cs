using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable;

/// <summary>Tells how much work is due in the whole database and taken by nobody.</summary>
public sealed class DurableBacklog
{
    private readonly DurableRuntime runtime;

    internal DurableBacklog(DurableRuntime runtime) => this.runtime = runtime;

    /// <summary>Counts instances that have something to do and activities that nobody runs.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database does not answer.</exception>
    public async Task<(long Orchestrations, long Activities)> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = runtime.DataSource.Command("SELECT orchestrations_waiting, activities_waiting FROM durable.backlog");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }
}
