namespace Navi.Functions.Health;

/// <summary>What one check found.</summary>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Reason">What is missing; null when it is not.</param>
internal sealed record CheckView(string Status, string? Reason = null);
