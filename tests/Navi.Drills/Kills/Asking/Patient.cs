using System.Net.Sockets;
using Npgsql;

namespace Navi.Drills.Kills.Asking;

/// <summary>A client that asks again when the database does not answer, and counts how often that was.</summary>
internal sealed class Patient
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private int refused;

    /// <summary>Calls that ended with an error of the database or the way to it.</summary>
    public int Refused => refused;

    public async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (e is NpgsqlException or SocketException or IOException or TimeoutException && !cancellation.IsCancellationRequested)
            {
                Interlocked.Increment(ref refused);
                await Task.Delay(Pause, cancellation);
            }
        }
    }
}
