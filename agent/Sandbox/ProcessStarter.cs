using System.Collections.Concurrent;
using System.Diagnostics;

namespace Navi.Agent.Sandbox;

/// <summary>
/// Starts processes on one thread that lives as long as this process. A sandbox asks the kernel to be killed when its parent dies, and the
/// kernel means the thread that started it: a pool thread that retires would kill a running command.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> queue = [];

    public ProcessStarter()
    {
        new Thread(Serve) { IsBackground = true, Name = "navi-process-starter" }.Start();
    }

    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add((info, started));
        return started.Task;
    }

    public void Dispose() => queue.CompleteAdding();

    private void Serve()
    {
        foreach (var (info, started) in queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        }
    }
}
