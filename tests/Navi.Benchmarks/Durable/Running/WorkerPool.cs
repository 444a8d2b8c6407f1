namespace Navi.Benchmarks.Durable.Running;

/// <summary>Worker processes of which so many take part as are wanted; the others wait, with what they have compiled.</summary>
internal sealed class WorkerPool : IAsyncDisposable
{
    private readonly List<WorkerProcess> workers = [];
    private int joined;

    private WorkerPool()
    {
    }

    public static async Task<WorkerPool> StartAsync(string connectionString, int processes, CancellationToken cancellation)
    {
        var pool = new WorkerPool();
        try
        {
            for (var i = 0; i < processes; i++) pool.workers.Add(await WorkerProcess.StartAsync(connectionString, cancellation));
            return pool;
        }
        catch
        {
            await pool.DisposeAsync();
            throw;
        }
    }

    public async Task JoinAsync(int processes, CancellationToken cancellation)
    {
        for (; joined < processes; joined++) await workers[joined].JoinAsync(cancellation);
    }

    public async Task LeaveAsync(CancellationToken cancellation)
    {
        for (; joined > 0; joined--) await workers[joined - 1].LeaveAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) await worker.DisposeAsync();
    }
}
