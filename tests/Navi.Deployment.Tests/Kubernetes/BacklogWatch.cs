using System.Diagnostics;
using Navi.Testing;
using Npgsql;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>Asks the scaler's query again and again while work goes on, each time together with a count by the owner in the same snapshot.</summary>
internal sealed class BacklogWatch(TestDatabase database, ScalerLogin login, string query)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly List<BacklogSample> samples = [];

    public IReadOnlyList<BacklogSample> Samples => samples;

    /// <summary>Takes samples until one is as wanted.</summary>
    /// <exception cref="TimeoutException">None is, in the time that tests wait.</exception>
    public async Task UntilAsync(Func<BacklogSample, bool> wanted, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        for (var begun = waited.Elapsed; ; begun = waited.Elapsed)
        {
            samples.Add(await SampleAsync());
            if (wanted(samples[^1]))
                return;
            if (waited.Elapsed > Wait.Patience)
                throw new TimeoutException($"After {samples.Count} samples: {string.Join(", ", samples.TakeLast(5))}");
            if (Between - (waited.Elapsed - begun) is { Ticks: > 0 } rest)
                await Task.Delay(rest, cancellation);
        }
    }

    // The owner's transaction lends its snapshot (pg_export_snapshot), so that both count the same rows however many change meanwhile.
    private async Task<BacklogSample> SampleAsync()
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var count = new NpgsqlCommand("SELECT pg_export_snapshot(), count(*) FROM durable.instances WHERE completed_at IS NULL", connection, transaction);
        string snapshot;
        long open;
        await using (var reader = await count.ExecuteReaderAsync())
        {
            await reader.ReadAsync();
            (snapshot, open) = (reader.GetString(0), reader.GetInt64(1));
        }
        return new BacklogSample(await login.NumberAsync(query, snapshot), open);
    }
}
