namespace Navi.Portable.Durable.Engine;

/// <summary>The orchestrator's code does not ask for what its history says it asked for.</summary>
internal sealed class NonDeterminismException(string detail) : Exception($"Non-Deterministic workflow detected: {detail}")
{
    /// <summary>The name that Microsoft's engines report.</summary>
    public const string ErrorType = "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";
}
