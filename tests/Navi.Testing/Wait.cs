using System.Diagnostics;

namespace Navi.Testing;

/// <summary>Waits for something that another process or task does, with one shared bound.</summary>
public static class Wait
{
    /// <summary>The shared bound: far beyond what a loaded machine needs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Asks every 50 ms until the answer is true.</summary>
    /// <exception cref="TimeoutException">It did not become true; the message is <paramref name="otherwise"/>'s.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Patience)
                throw new TimeoutException(otherwise());
            await Task.Delay(50);
        }
    }
}
