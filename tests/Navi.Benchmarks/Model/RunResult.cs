namespace Navi.Benchmarks.Model;

/// <summary>One task.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Task">Its id; null when it could not be handed over.</param>
/// <param name="StopReason">How NAVI says it ended, or the kind of failure of this harness's requests.</param>
/// <param name="Delivered">The branch exists and passes the checks from outside.</param>
/// <param name="Fault">Why not, in one line; null when it was delivered.</param>
/// <param name="Seconds">From handing over to the end.</param>
/// <param name="Approvals">How often the harness approved or answered.</param>
internal sealed record RunResult(int Number, string Kind, Guid? Task, string StopReason, bool Delivered, string? Fault, double Seconds, int Approvals);
