using Navi.LoadTests.Watching;

namespace Navi.LoadTests.Costs;

/// <summary>What one request or one task takes.</summary>
/// <param name="What">Route, or <c>task</c>.</param>
/// <param name="Count">How many were made.</param>
/// <param name="Failures">Of these, failed.</param>
/// <param name="Each">Seconds of processor for each, what an idle NAVI uses in the same time taken off.</param>
internal sealed record UnitCost(string What, int Count, int Failures, ProcessorUse Each);
