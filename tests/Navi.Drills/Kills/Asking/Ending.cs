using Microsoft.DurableTask.Client;

namespace Navi.Drills.Kills.Asking;

/// <summary>What became of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="Part">In which part of the drill it was started.</param>
/// <param name="End">How it ended; null when it did not within the bound.</param>
/// <param name="Surprise">What a client call answered that it must not; null when nothing.</param>
internal sealed record Ending(Job Job, string Part, OrchestrationMetadata? End, string? Surprise);
