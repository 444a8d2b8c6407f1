namespace Navi.Cli.Live;

/// <summary>How a task is followed.</summary>
/// <param name="Ask">Whether checkpoints are put to the person; without it the first pending one parks.</param>
/// <param name="PreApproved">Only questions are asked: everything else was approved in advance.</param>
/// <param name="Patience">How long an unreachable NAVI or database is waited for.</param>
internal sealed record FollowOptions(bool Ask, bool PreApproved, TimeSpan Patience);
