using System.Collections.Concurrent;
using System.Diagnostics;

namespace Navi.Measuring;

/// <summary>A number of clients, each of which asks again as soon as it is answered; bounded in requests and in time.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs until <paramref name="requests"/> were made or <paramref name="limit"/> has passed; what has begun by then is let to its end and counts.</summary>
    /// <param name="clients">How many ask at once.</param>
    /// <param name="requests">Most requests.</param>
    /// <param name="limit">After this no request begins.</param>
    /// <param name="attempt">One request, by the client's and the request's number; answers with its status. An exception is a status, too.</param>
    /// <param name="cancellation">Ends the run without a result.</param>
    public static async Task<(IReadOnlyCollection<Sample> Samples, long Ticks)> RunAsync(
        int clients, int requests, TimeSpan limit, Func<int, int, Task<string>> attempt, CancellationToken cancellation)
    {
        var samples = new ConcurrentBag<Sample>();
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => AskAsync(client), cancellation)));
        var ticks = Stopwatch.GetTimestamp() - began;
        cancellation.ThrowIfCancellationRequested();
        return (samples, ticks);

        async Task AskAsync(int client)
        {
            while (Stopwatch.GetElapsedTime(began) < limit && !cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number < requests)
            {
                var asked = Stopwatch.GetTimestamp();
                string status;
                try
                {
                    status = await attempt(client, number);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    status = e.GetType().Name;
                }
                samples.Add(new Sample(status, Stopwatch.GetTimestamp() - asked));
            }
        }
    }
}
