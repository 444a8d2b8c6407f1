using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>Removes ended instances that have been kept long enough: one worker at a time, in batches, and only so many in one run.</summary>
internal sealed class Retention(NpgsqlDataSource dataSource, TimeSpan? age, ILogger logger)
{
    internal const int BatchSize = 500;
    internal const int MostBatches = 20;

    private readonly RetentionStore store = new(dataSource);

    /// <summary>Removes what there is to remove, or as much as one run may; answers how many. Nothing without an age.</summary>
    /// <exception cref="NpgsqlException">The database does not answer.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (age is not { } bound) return 0;
        var purged = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var removed = await store.PurgeAsync(bound, BatchSize, cancellationToken) ?? 0;
            purged += removed;
            if (removed < BatchSize) break;
        }
        if (purged > 0) RetentionLog.Removed(logger, purged, bound);
        return purged;
    }
}
