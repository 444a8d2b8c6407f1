using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace Navi.Portable.Durable.Storage;

/// <summary>
/// A few open connections, the last used first. The pool hands out the one that has rested longest, so that every statement would meet a
/// server process whose caches are cold. What runs on them has plans that no value changes, and they are made once.
/// </summary>
internal sealed class HotConnections(NpgsqlDataSource dataSource, int capacity) : IAsyncDisposable
{
    private readonly Stack<NpgsqlConnection> resting = [];
    private int leastResting;
    private bool closed;

    public async ValueTask<NpgsqlConnection> RentAsync(CancellationToken cancellationToken)
    {
        while (TryPop(out var connection))
        {
            // Npgsql notices a broken connection when it is used next; what it knows already is not handed out.
            if (connection.FullState == System.Data.ConnectionState.Open) return connection;
            await connection.DisposeAsync();
        }
        var opened = await dataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            await SetAsync(opened, "SET plan_cache_mode = force_generic_plan", cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async ValueTask ReturnAsync(NpgsqlConnection connection)
    {
        var works = connection.FullState == System.Data.ConnectionState.Open;
        if (works && TryPush(connection)) return;
        await GiveBackAsync(connection);
        // What broke one has probably broken the others.
        if (!works) await DropAsync(int.MaxValue);
    }

    /// <summary>Gives back to the pool what was not needed since the last call.</summary>
    public async ValueTask TrimAsync() => await DropAsync(Volatile.Read(ref leastResting));

    public async ValueTask DisposeAsync()
    {
        lock (resting) closed = true;
        await DropAsync(int.MaxValue);
    }

    private async ValueTask DropAsync(int count)
    {
        var dropped = new List<NpgsqlConnection>();
        lock (resting)
        {
            while (dropped.Count < count && resting.TryPop(out var connection)) dropped.Add(connection);
            leastResting = resting.Count;
        }
        foreach (var connection in dropped) await GiveBackAsync(connection);
    }

    // Others that get it from the pool ask what values do change the plan of.
    private static async ValueTask GiveBackAsync(NpgsqlConnection connection)
    {
        try
        {
            if (connection.FullState == System.Data.ConnectionState.Open) await SetAsync(connection, "RESET plan_cache_mode", CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException)
        {
            // It broke: the pool does not keep it.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private static async Task SetAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private bool TryPop([NotNullWhen(true)] out NpgsqlConnection? connection)
    {
        lock (resting)
        {
            var found = resting.TryPop(out connection);
            leastResting = Math.Min(leastResting, resting.Count);
            return found;
        }
    }

    private bool TryPush(NpgsqlConnection connection)
    {
        lock (resting)
        {
            if (closed || resting.Count >= capacity) return false;
            resting.Push(connection);
            return true;
        }
    }
}
