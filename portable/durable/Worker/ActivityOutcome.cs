namespace Navi.Portable.Durable.Worker;

/// <summary>What came of an activity call.</summary>
/// <param name="Result">The result as the data converter wrote it.</param>
/// <param name="Failure">Failure details as JSON; null when it succeeded.</param>
internal sealed record ActivityOutcome(string? Result, string? Failure);
