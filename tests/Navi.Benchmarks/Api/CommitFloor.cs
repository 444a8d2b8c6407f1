using Navi.Measuring;
using Npgsql;

namespace Navi.Benchmarks.Api;

/// <summary>The least that keeping anything costs here: one row, prepared statement, committed by itself.</summary>
internal static class CommitFloor
{
    public static async Task<Measurement> RunAsync(string connectionString, int connections, ApiOptions options, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = connections, ApplicationName = "navi-bench" });
        await using (var make = source.CreateCommand("CREATE TABLE IF NOT EXISTS public.bench_floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())"))
            await make.ExecuteNonQueryAsync(cancellation);
        var commands = new List<NpgsqlCommand>();
        try
        {
            for (var i = 0; i < connections; i++)
            {
                commands.Add(new NpgsqlCommand("INSERT INTO public.bench_floor DEFAULT VALUES", await source.OpenConnectionAsync(cancellation)));
                await commands[i].PrepareAsync(cancellation);
            }
            var (samples, ticks) = await ClosedLoop.RunAsync(
                connections, options.Requests, options.Limit, async (client, _) => await commands[client].ExecuteNonQueryAsync(cancellation) == 1 ? "ok" : "none", cancellation);
            return Measurement.Of(ApiBenchmark.Name, "floor_commit", connections, ["ok"], samples, ticks);
        }
        finally
        {
            foreach (var command in commands)
            {
                await command.Connection!.DisposeAsync();
                await command.DisposeAsync();
            }
        }
    }
}
