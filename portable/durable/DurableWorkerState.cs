using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable;

/// <summary>Tells whether the worker of this process is alive.</summary>
public sealed class DurableWorkerState
{
    private readonly DurableWorker worker;

    internal DurableWorkerState(DurableWorker worker) => this.worker = worker;

    /// <summary>False when this process has only a client, by choice (<see cref="DurableOptions.RunWorker"/>).</summary>
    public bool IsWanted => worker.IsWanted;

    /// <summary>The worker has joined the others, holds its lock and takes work. False before the start, after the stop and while the database is away.</summary>
    public bool IsAlive => worker.IsAlive;
}
