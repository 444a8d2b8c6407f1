using Navi.Benchmarks.Durable.Reporting;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>What a part is given.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Database">Its own database.</param>
/// <param name="Report">Where it says what it has measured.</param>
internal sealed record PartRun(DurableBenchOptions Options, Running.BenchDatabase Database, DurableReport Report);
