using System.Collections.Concurrent;
using System.Diagnostics;
using Navi.LoadTests.Scenarios;

namespace Navi.LoadTests.Driving;

/// <summary>
/// Users whose moments come by schedule, whether NAVI has answered or not. Latency counts from the moment that was meant. A closed loop, in which a client asks again when it is answered, would ask least
/// while NAVI is slowest and leave those moments out of its percentiles: "coordinated omission" (G. Tene, How NOT to Measure Latency, 2013; why open and closed systems differ: Schroeder, Wierman and
/// Harchol-Balter, Open Versus Closed: A Cautionary Tale, NSDI 2006).
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan LastTasks = TimeSpan.FromSeconds(90);

    /// <summary>Runs the scenario, then waits until its last tasks have ended; what has not ended then is recorded as given up.</summary>
    public static async Task RunAsync(LoadScenario scenario, LoadTarget target, Recorder recorder, KnownTasks known, long began, CancellationToken cancellation)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new ConcurrentBag<Task>();
        await Task.WhenAll(Enumerable.Range(0, scenario.MostUsers).Select(number => Task.Run(() => UseAsync(number), cancellation)));
        giveUp.CancelAfter(LastTasks);
        await Task.WhenAll(running);
        cancellation.ThrowIfCancellationRequested();

        Task UseAsync(int number)
        {
            var random = new Random(HashCode(target.Seed, number));
            var client = new LoadClient(target.Http, target.Tokens[number % target.Tokens.Count], recorder);
            return Task.WhenAll(
                MomentsAsync(number, UserMix.Look, new Random(random.Next()), (at, own) => UserMixLooks.LookAsync(client, own, known, at, cancellation)),
                MomentsAsync(number, UserMix.Task, new Random(random.Next()), (at, own) => new TaskFlow(client, recorder, own, known).RunAsync(
                    target.Repositories[number % target.Repositories.Count], $"Write a note about part {own.Next(1_000_000)} of this project.", target.Provider, $"{target.Seed}-{number}-{at}", at, giveUp.Token)));
        }

        async Task MomentsAsync(int number, TimeSpan mean, Random random, Func<long, Random, Task> act)
        {
            var passed = TimeSpan.Zero;
            while (true)
            {
                passed += mean * -Math.Log(1 - random.NextDouble());
                if (passed >= scenario.Length)
                    return;
                var own = new Random(random.Next());
                if (number >= scenario.UsersAt(passed))
                    continue;
                var at = began + (long)(passed.TotalSeconds * Stopwatch.Frequency);
                await Moments.WaitAsync(at, cancellation);
                running.Add(act(at, own));
            }
        }
    }

    // HashCode.Combine differs from process to process; a schedule must not.
    private static int HashCode(int seed, int number) => unchecked((seed * 73_856_093) ^ (number * 19_349_663));
}
