namespace Navi.Measuring;

/// <summary>One attempt: how it ended and how long it took.</summary>
/// <param name="Status">The HTTP status, <c>ok</c>, or the kind of exception.</param>
/// <param name="Ticks">Duration in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal readonly record struct Sample(string Status, long Ticks);
