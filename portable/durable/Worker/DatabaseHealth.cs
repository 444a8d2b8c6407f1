using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>Whether the database answers; logs once per change, however many loops find out.</summary>
internal sealed class DatabaseHealth(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private int down;

    /// <summary>The database or the way to it failed, as opposed to what was sent there.</summary>
    public static bool IsInfrastructure(Exception exception) => exception switch
    {
        PostgresException refused => !refused.SqlState.StartsWith("22", StringComparison.Ordinal) && !refused.SqlState.StartsWith("54", StringComparison.Ordinal),
        NpgsqlException or SocketException or IOException or TimeoutException or ObjectDisposedException or OperationCanceledException => true,
        _ => false,
    };

    public void Answers()
    {
        if (Interlocked.Exchange(ref down, 0) != 0) WorkerLog.DatabaseAnswers(logger);
    }

    /// <summary>Notes the failure and waits before the next attempt, longer with every one in a row.</summary>
    public async Task FailedAsync(Exception exception, int attempt, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref down, 1) == 0) WorkerLog.DatabaseFails(logger, exception);
        var pause = ShortestPause * Math.Pow(2, Math.Min(attempt, 10));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }
}
