using Navi.Benchmarks.Durable.Reporting;
using Npgsql;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>What keeping anything costs on this disk: one row, prepared statement, committed by itself. Samples are taken beside what they are compared with.</summary>
internal sealed class CommitFloors : IAsyncDisposable
{
    public const int Clients = 50;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource source;
    private readonly List<NpgsqlCommand> commands = [];

    private CommitFloors(NpgsqlDataSource source) => this.source = source;

    /// <summary>Durations of single commits, one at a time; their median is c1.</summary>
    public Timings Alone { get; } = new();

    /// <summary>Commits per second of <see cref="Clients"/> clients; the median of the bursts is C50.</summary>
    public Rates Together { get; } = new();

    public static async Task<CommitFloors> OpenAsync(string connectionString, CancellationToken cancellation)
    {
        var floors = new CommitFloors(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = Clients, ApplicationName = "navi-bench-floor" }));
        try
        {
            await using (var make = floors.source.CreateCommand("CREATE TABLE IF NOT EXISTS public.bench_floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"))
                await make.ExecuteNonQueryAsync(cancellation);
            for (var i = 0; i < Clients; i++)
            {
                var command = new NpgsqlCommand("INSERT INTO public.bench_floor DEFAULT VALUES", await floors.source.OpenConnectionAsync(cancellation));
                floors.commands.Add(command);
                await command.PrepareAsync(cancellation);
                await command.ExecuteNonQueryAsync(cancellation);
            }
            return floors;
        }
        catch
        {
            await floors.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds samples of single commits.</summary>
    public Task SampleAloneAsync(int commits, CancellationToken cancellation) =>
        Burst.RunAsync(1, commits, TimeSpan.FromMinutes(1), client => CommitAsync(client, cancellation), Alone, cancellation);

    /// <summary>Adds one burst of all clients.</summary>
    public async Task SampleTogetherAsync(CancellationToken cancellation) =>
        Together.Add(await Burst.RunAsync(Clients, int.MaxValue, Length, client => CommitAsync(client, cancellation), null, cancellation));

    /// <summary>The line of c1.</summary>
    public DurableLine AloneLine(string beside) => DurableLine.Of($"c1 beside {beside}", "floor", 1, Alone);

    /// <summary>The line of C50.</summary>
    public DurableLine TogetherLine(string beside) => DurableLine.Of($"C50 beside {beside}", "floor", Clients, Together);

    public async ValueTask DisposeAsync()
    {
        foreach (var command in commands)
        {
            await command.Connection!.DisposeAsync();
            await command.DisposeAsync();
        }
        await source.DisposeAsync();
    }

    private Task CommitAsync(int client, CancellationToken cancellation) => commands[client].ExecuteNonQueryAsync(cancellation);
}
