using Navi.Platform.Tasks.Forks;

namespace Navi.Agent.Forks;

/// <summary>Where a task can be forked, or why it can't be.</summary>
/// <param name="Point">The state to begin from; null with an obstacle.</param>
/// <param name="Obstacle">Why not; null with a point.</param>
/// <param name="Title">The obstacle in one sentence; empty with a point.</param>
/// <param name="Hint">What would be right; null when there is nothing to say.</param>
public sealed record ForkChoice(ForkPoint? Point, ForkObstacle? Obstacle = null, string Title = "", string? Hint = null);
