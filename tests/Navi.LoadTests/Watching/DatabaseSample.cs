namespace Navi.LoadTests.Watching;

/// <summary>One look at the server's connections.</summary>
/// <param name="Pool">Application name of the pool.</param>
/// <param name="Open">Connections.</param>
/// <param name="Busy">Of these, in a statement or a transaction.</param>
internal sealed record DatabaseSample(string Pool, int Open, int Busy);
