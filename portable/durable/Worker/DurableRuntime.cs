using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>What client and worker of one process share: the data source, the stores and the signals between them.</summary>
internal sealed class DurableRuntime : IAsyncDisposable
{
    private readonly bool ownsDataSource;
    private TurnRunner? here;

    public DurableRuntime(DurableOptions options, ILoggerFactory loggers, TimeProvider time, DurableMeters meters)
    {
        options.Validate();
        Options = options;
        Time = time;
        Meters = meters;
        Loggers = loggers;
        ownsDataSource = options.DataSource is null;
        DataSource = options.DataSource ?? Build(options, loggers);
        Connections = new HotConnections(DataSource, HotCapacity(DataSource));
        Instances = new InstanceStore(DataSource, Connections, Clock);
        Turns = new TurnStore(DataSource, Connections, Clock);
        Activities = new ActivityStore(DataSource);
        Workers = new WorkerStore(DataSource);
        Others = new RemoteWake(Workers, () => Here?.Worker);
        Health = new DatabaseHealth(loggers.CreateLogger("Navi.Portable.Durable.Database"), time);
    }

    public DurableOptions Options { get; }

    public TimeProvider Time { get; }

    public DurableMeters Meters { get; }

    public ILoggerFactory Loggers { get; }

    public NpgsqlDataSource DataSource { get; }

    /// <summary>Open connections for the statements that come most often.</summary>
    public HotConnections Connections { get; }

    public DatabaseClock Clock { get; } = new();

    public InstanceStore Instances { get; }

    public TurnStore Turns { get; }

    public ActivityStore Activities { get; }

    public WorkerStore Workers { get; }

    public DatabaseHealth Health { get; }

    /// <summary>Instances of this process's concern have something to do.</summary>
    public WakeSignal OrchestrationWork { get; } = new();

    public WakeSignal ActivityWork { get; } = new();

    /// <summary>Wakes the workers of other processes.</summary>
    public RemoteWake Others { get; }

    /// <summary>What runs turns in this process; null while it takes nothing on.</summary>
    public TurnRunner? Here
    {
        get => Volatile.Read(ref here);
        set => Volatile.Write(ref here, value);
    }

    public InstanceWaiters Waiters { get; } = new();

    /// <summary>Messages were sent: this process's worker looks for them, or the others do when it has none.</summary>
    /// <summary>Instances that nobody keeps have something to do.</summary>
    public void WakeOrchestrations()
    {
        OrchestrationWork.Set();
        // While it stops this process takes nothing, and what it takes may not be of the version that it runs.
        if (Here is null || Options.VersionMatch != VersionMatch.None) Others.Set();
    }

    /// <param name="keeper">The worker that keeps the instance they are for, if one does.</param>
    public void AnnounceMessages(long? keeper = null)
    {
        WakeOrchestrations();
        if (Here is { } here && ((keeper is not null && keeper != here.Worker) || !here.HasRoom)) Others.Set();
    }

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        if (ownsDataSource) await DataSource.DisposeAsync();
    }

    // A small pool is left to those who wait for a connection.
    private static int HotCapacity(NpgsqlDataSource dataSource) => Math.Min(4, new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).MaxPoolSize / 4);

    private static NpgsqlDataSource Build(DurableOptions options, ILoggerFactory loggers)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        // Statements are few and the same for ever: prepared ones save the server planning each time.
        if (settings.MaxAutoPrepare == 0)
        {
            settings.MaxAutoPrepare = 60;
            // A new connection is as fast as an old one after the first call, not after the tenth.
            settings.AutoPrepareMinUsages = 2;
        }
        // What a session sets is set back by who set it, so a connection needs no reset when it is returned.
        settings.NoResetOnClose = true;
        // Npgsql's own default, 100, is all that a PostgreSQL server has by default. Eight for the lock, the loops and finished activities.
        if (settings.MaxPoolSize == 100) settings.MaxPoolSize = options.MaxConcurrentOrchestrations + 8;
        settings.ApplicationName ??= "navi-durable";
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UseLoggerFactory(loggers);
        options.ConfigureDataSource?.Invoke(builder);
        return builder.Build();
    }
}
