using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>Tells other processes that there is work; calls that come while one is on its way become one.</summary>
internal sealed class RemoteWake(WorkerStore workers, Func<long?> sender)
{
    private int pending;

    public void Set()
    {
        if (Interlocked.Exchange(ref pending, 1) == 0) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        Interlocked.Exchange(ref pending, 0);
        try
        {
            await workers.NotifyAsync(sender(), CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or TimeoutException)
        {
            // Only a hint: the others' poll finds the work.
        }
    }
}
