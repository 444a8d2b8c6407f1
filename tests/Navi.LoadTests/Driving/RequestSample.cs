namespace Navi.LoadTests.Driving;

/// <summary>One request.</summary>
/// <param name="Route">Method and route template.</param>
/// <param name="Status">The HTTP status, or the kind of failure.</param>
/// <param name="Ticks">From the moment at which it was meant to begin until its answer was read, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="LateTicks">Of these, how late the driver itself sent it.</param>
/// <param name="InWindow">It was meant to begin within the scenario's time, not while its last tasks end.</param>
internal readonly record struct RequestSample(string Route, string Status, long Ticks, long LateTicks, bool InWindow);
