using Microsoft.DurableTask;

namespace Navi.Portable.Durable;

/// <summary>
/// An orchestrator's code. It runs on a single-threaded context of its own: whatever it awaits must be durable or already complete,
/// or its instance fails with "An invalid asynchronous invocation was detected". It runs again from the start on every replay.
/// </summary>
/// <param name="services">A scope that lives as long as the orchestrator is kept in memory.</param>
/// <param name="context">The orchestrator's only door to the world, its input included.</param>
/// <returns>The output, to be serialised; null for none. An exception fails the instance.</returns>
public delegate Task<object?> OrchestratorDelegate(IServiceProvider services, TaskOrchestrationContext context);
