using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Npgsql;

namespace Navi.Portable.Durable;

/// <summary>How this process takes part in the durable runtime of one PostgreSQL database.</summary>
public sealed class DurableOptions
{
    /// <summary>Npgsql connection string of the database, on its direct port: a transaction-pooling proxy would lose session locks. Exactly one of this and <see cref="DataSource"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>A data source built by the application, which stays its owner. Exactly one of this and <see cref="ConnectionString"/>.</summary>
    public NpgsqlDataSource? DataSource { get; set; }

    /// <summary>What is done to the data source that is built from <see cref="ConnectionString"/>, such as how its connections prove who they are. Default: nothing.</summary>
    public Action<NpgsqlDataSourceBuilder>? ConfigureDataSource { get; set; }

    /// <summary>Whether this process runs orchestrators and activities; false leaves only the client. Default true.</summary>
    public bool RunWorker { get; set; } = true;

    /// <summary>Activities that run at the same time in this process. Default 32, at least 1.</summary>
    public int MaxConcurrentActivities { get; set; } = 32;

    /// <summary>Orchestrator turns that run at the same time in this process. Default 16, at least 1.</summary>
    public int MaxConcurrentOrchestrations { get; set; } = 16;

    /// <summary>How long claimed work stays with a worker that stopped renewing it. Default 30 s, from 1 s to 1 h.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the database is asked for work that nobody announced. Default 1 s, from 10 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a stop waits for running turns and activities before it cancels them. Default 30 s, from 0 to 1 h.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Orchestrators kept in memory between their turns; 0 rebuilds each from its history on every turn. Default 1,000.</summary>
    public int StickyInstances { get; set; } = 1000;

    /// <summary>Version of the code that this process runs, as <see cref="VersionMatch"/> compares it. Default none.</summary>
    public string? WorkerVersion { get; set; }

    /// <summary>
    /// Which instances this process's worker runs, by their version. Others wait for a worker that may run them. Activities are run whatever
    /// the version of their instance. Default all; anything else needs <see cref="WorkerVersion"/>.
    /// </summary>
    public VersionMatch VersionMatch { get; set; }

    /// <summary>Version of instances and sub-orchestrations that are started here without one. Default none.</summary>
    public string DefaultVersion { get; set; } = string.Empty;

    /// <summary>How long ended instances are kept; then the workers remove them, those with a parent that still runs excepted. Default for ever; at least 1 min.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>Turns inputs, results and statuses into text and back. Default: System.Text.Json, fields included.</summary>
    public DataConverter DataConverter { get; set; } = JsonDataConverter.Default;

    /// <summary>Throws <see cref="InvalidOperationException"/> that names the option and its value when this configuration can't work.</summary>
    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString) == (DataSource is null))
            throw new InvalidOperationException("DurableOptions needs exactly one of ConnectionString and DataSource.");
        Range(nameof(MaxConcurrentActivities), MaxConcurrentActivities, 1, 10_000);
        Range(nameof(MaxConcurrentOrchestrations), MaxConcurrentOrchestrations, 1, 10_000);
        Range(nameof(StickyInstances), StickyInstances, 0, 1_000_000);
        Range(nameof(LeaseDuration), LeaseDuration, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Range(nameof(PollInterval), PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Range(nameof(DrainTimeout), DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1));
        if (Retention is { } retention) Range(nameof(Retention), retention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(36500));
        if (!Enum.IsDefined(VersionMatch)) throw new InvalidOperationException($"DurableOptions.VersionMatch is {VersionMatch}; it must be None, Strict or CurrentOrOlder.");
        if (VersionMatch != VersionMatch.None && string.IsNullOrWhiteSpace(WorkerVersion))
            throw new InvalidOperationException($"DurableOptions.VersionMatch is {VersionMatch}, which needs DurableOptions.WorkerVersion; it is empty.");
        if (DefaultVersion is null) throw new InvalidOperationException("DurableOptions.DefaultVersion must not be null.");
        if (DefaultVersion.Contains('\0')) throw new InvalidOperationException("DurableOptions.DefaultVersion has the character U+0000, which can't be stored.");
        if (DataConverter is null) throw new InvalidOperationException("DurableOptions.DataConverter must not be null.");
    }

    private static void Range<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new InvalidOperationException($"DurableOptions.{name} is {value}; it must be from {least} to {most}.");
    }
}
