using System.Globalization;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>Closed loops of every shape at once, as a busy application would start them; counts the steps of what has completed.</summary>
/// <param name="workflows">Starts them.</param>
internal sealed class MixedLoad(Workflows workflows) : IAsyncDisposable
{
    public const string Child = "Child";

    /// <summary>Sub-orchestrations of a parent.</summary>
    public const int Children = 3;

    // Loops of each shape; a timer's loop mostly waits.
    private static readonly (string Name, int Loops, int Steps)[] Mix =
        [(BenchTasks.Chain, 4, BenchTasks.ChainLength), (BenchTasks.Gate, 4, 2), (BenchTasks.Fan, 2, BenchTasks.FanWidth), (BenchTasks.Timer, 8, 1), (BenchTasks.Parent, 2, Children)];

    /// <summary>Workflows at once.</summary>
    public static int AtOnce => Mix.Sum(m => m.Loops);

    private readonly CancellationTokenSource ending = new();
    private Task loops = Task.CompletedTask;
    private long steps;
    private long failures;

    public void Begin() => loops = Task.WhenAll(Mix.SelectMany(m => Enumerable.Range(0, m.Loops).Select(_ => Task.Run(() => LoopAsync(m.Name, m.Steps)))));

    /// <summary>Steps and failed workflows so far, as text.</summary>
    public string Counts => string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Read(ref steps)} {Interlocked.Read(ref failures)}");

    public static (long Steps, long Failures) Read(string counts) =>
        counts.Split(' ') is [var steps, var failures] ? (long.Parse(steps, CultureInfo.InvariantCulture), long.Parse(failures, CultureInfo.InvariantCulture)) : throw new FormatException($"'{counts}' are no counts.");

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await loops;
        ending.Dispose();
    }

    private async Task LoopAsync(string name, int perWorkflow)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var instance = await workflows.StartAsync(name, 0, ending.Token);
                // Kept until it is waited for.
                if (name == BenchTasks.Gate) await workflows.RaiseAsync(instance, ending.Token);
                await workflows.EndAsync(instance, ending.Token);
                Interlocked.Add(ref steps, perWorkflow);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // It ends.
            }
            catch (Exception e)
            {
                await Console.Error.WriteLineAsync($"{name}: {e.Message}");
                Interlocked.Increment(ref failures);
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }
}
