using System.Diagnostics;

namespace Navi.Drills.Kills.Judging;

/// <summary>
/// What a dead worker had in hand, and when others went on with it. That an instance's next step begins tells that the step in hand was claimed, done and
/// committed by another, and the turn after it, too.
/// </summary>
/// <param name="worker">The dead one.</param>
/// <param name="died">When.</param>
/// <param name="inHand">By instance, the step in hand.</param>
internal sealed class Takeover(string worker, long died, Dictionary<string, string> inHand)
{
    private readonly TaskCompletionSource<TimeSpan> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>It had something in hand that a next step follows.</summary>
    public bool HadWork { get; } = inHand.Count > 0;

    /// <summary>From the death to the first next step of any of these instances.</summary>
    public Task<TimeSpan> First => first.Task;

    /// <summary>Times of all instances that went on.</summary>
    public List<TimeSpan> All { get; } = [];

    /// <summary>Told of everything that begins; answers whether nothing is left to wait for.</summary>
    public bool Saw(WorldEntry begun)
    {
        if (begun.Worker == worker || !inHand.TryGetValue(begun.Instance, out var key) || begun.Key == key)
            return inHand.Count == 0;
        var took = Stopwatch.GetElapsedTime(died, begun.At);
        inHand.Remove(begun.Instance);
        All.Add(took);
        first.TrySetResult(took);
        return inHand.Count == 0;
    }
}
