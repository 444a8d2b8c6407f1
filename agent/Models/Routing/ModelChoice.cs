namespace Navi.Agent.Models.Routing;

/// <summary>What serves a provider and a mode: models in the order in which they are tried, or why there is none.</summary>
/// <param name="Provider">The provider to keep with the task: the one asked for, or <c>rules</c> where <c>auto</c> has nothing to choose from.</param>
/// <param name="Names">The models' names; empty with a refusal.</param>
/// <param name="Field"><c>provider</c> or <c>mode</c>, whichever is at fault; null without a refusal.</param>
/// <param name="Refusal">Why nothing serves; null when something does.</param>
/// <param name="Hint">What would be right; null without a refusal.</param>
public sealed record ModelChoice(string Provider, IReadOnlyList<string> Names, string? Field = null, string? Refusal = null, string? Hint = null);
