namespace Navi.Agent.Code;

/// <summary>
/// Work of a compiler on a thread of its own: its recursion follows the code that it reads, and running out of stack would end the process. <see cref="Nesting"/> keeps out what this one would not hold.
/// </summary>
internal static class DeepStack
{
    private const int Bytes = 256 * 1024 * 1024;

    /// <summary>Runs the work; a caller that stops waiting leaves it to notice the token by itself.</summary>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(work());
                }
                catch (OperationCanceledException e)
                {
                    done.TrySetCanceled(e.CancellationToken);
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
            },
            Bytes)
        {
            IsBackground = true,
            Name = "navi-code",
        };
        thread.Start();
        return done.Task.WaitAsync(cancellationToken);
    }
}
