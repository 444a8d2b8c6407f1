using System.Runtime.InteropServices;

namespace Navi.Portable.Host;

/// <summary>The first SIGTERM or SIGINT asks the process to end; the second has its default effect and ends it at once.</summary>
public sealed class ProcessSignals : IDisposable
{
    private readonly CancellationTokenSource asked = new();
    private readonly PosixSignalRegistration terminate;
    private readonly PosixSignalRegistration interrupt;
    private int seen;

    /// <summary>Takes over both signals of this process until disposed.</summary>
    public ProcessSignals()
    {
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive);
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive);
    }

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Asked => asked.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        terminate.Dispose();
        interrupt.Dispose();
        asked.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        if (Interlocked.Exchange(ref seen, 1) != 0)
            return;
        context.Cancel = true;
        // Handlers run on the pool: what is cancelled may block, the signal must not.
        ThreadPool.QueueUserWorkItem(_ => asked.Cancel());
    }
}
