namespace Navi.Benchmarks.Durable.Parts;

/// <summary>One look at a worker under the mixed load.</summary>
/// <param name="Seconds">Since the load began to count.</param>
/// <param name="Steps">Steps of all that has completed since then.</param>
/// <param name="ResidentMb">Memory of the worker's process.</param>
/// <param name="SchemaMb">Size of the schema <c>durable</c>.</param>
internal sealed record MixedSample(double Seconds, long Steps, double ResidentMb, double SchemaMb);
