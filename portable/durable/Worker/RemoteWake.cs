using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>Tells other processes that there is work; calls that come while one is on its way become one.</summary>
internal sealed class RemoteWake(WorkerStore workers, Func<long?> sender)
{
    // 0: nothing is sent; 1: something is; 2: and was asked for again since.
    private int state;

    public void Set()
    {
        if (Interlocked.Exchange(ref state, 2) == 0) _ = SendAsync();
    }

    private async Task SendAsync()
    {
        do
        {
            Interlocked.Exchange(ref state, 1);
            try
            {
                await workers.NotifyAsync(sender(), CancellationToken.None);
            }
            catch (Exception exception) when (exception is NpgsqlException or ObjectDisposedException or TimeoutException)
            {
                // Only a hint: the others' poll finds the work.
            }
        }
        while (Interlocked.CompareExchange(ref state, 0, 1) != 1);
    }
}
