using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Cli.Connect;
using Navi.Cli.Migrations;
using Navi.Cli.Output;
using Navi.Cli.Serving;
using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Navi.Platform.Data.Local;
using Navi.Portable.Durable;
using Npgsql;

namespace Navi.Cli.Durable;

/// <summary>The durable runtime's tables, asked directly: no NAVI has to run.</summary>
/// <param name="Client">Reads and changes instances.</param>
/// <param name="History">Reads what happened in them.</param>
internal sealed record DurableAccess(DurableTaskClient Client, DurableHistory History)
{
    private const string Check = "Check NAVI_DATABASE or Navi__Database__ConnectionString.";

    /// <summary>Works on the database of NAVI_DATABASE or Navi__Database__…, else on the private one of this machine.</summary>
    /// <exception cref="CliException">It can't be reached, has no durable runtime, or refuses what was asked; the message says which.</exception>
    public static Task<int> UseAsync(CliContext context, Func<DurableAccess, Task<int>> work, CancellationToken cancellation) => StartFailures.SayAsync(Check, async () =>
    {
        await using var source = DatabaseConnections.Direct(await DatabaseAsync(context, cancellation));
        await using var services = new ServiceCollection().AddPortableDurable(o => (o.DataSource, o.RunWorker) = (source, false)).BuildServiceProvider();
        try
        {
            return await work(new DurableAccess(services.GetRequiredService<DurableTaskClient>(), services.GetRequiredService<DurableHistory>()));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            // The client's: it names the instance and what is in the way.
            throw new CliException(ExitCodes.Ended, e is ArgumentException { ParamName: { } name } ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message, e);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            throw CliException.Unavailable($"The database has no durable runtime of this build: {e.MessageText}. '{Invocation.Name} migrate' makes its schema.", e);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw CliException.Unavailable($"The database's login may not do this: {e.MessageText}. Use the one that NAVI itself works with.", e);
        }
    });

    private static async Task<DatabaseOptions> DatabaseAsync(CliContext context, CancellationToken cancellation)
    {
        if (LocalHost.GivenDatabase(context) is not null || !string.IsNullOrEmpty(context.Variable("Navi__Database__ConnectionString")))
            return GivenDatabase.Read(context);
        try
        {
            return new DatabaseOptions { ConnectionString = await LocalCluster.StartAsync(new LocalClusterOptions(context.Places.Home), cancellation) };
        }
        catch (LocalClusterException e)
        {
            throw CliException.Unavailable(e.Message, e);
        }
    }
}
