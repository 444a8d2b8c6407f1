using Microsoft.DurableTask;

namespace Navi.Portable.Durable;

/// <summary>An activity's code: at least once per scheduled call, on any thread, free to do I/O.</summary>
/// <param name="services">A scope for this execution.</param>
/// <param name="context">Name and instance of the call.</param>
/// <param name="serializedInput">The input as the data converter wrote it; null for none.</param>
/// <param name="cancellationToken">
/// Fires when the worker has lost its lease on this execution, or when a stopping worker has waited its drain time-out.
/// An <see cref="OperationCanceledException"/> after that hands the call back, to be run again.
/// </param>
/// <returns>The result, to be serialised; null for none. An exception is the call's failure.</returns>
public delegate Task<object?> ActivityDelegate(
    IServiceProvider services, TaskActivityContext context, string? serializedInput, CancellationToken cancellationToken);
