namespace Navi.Agent.Models.Routing;

/// <summary>A model call that has failed, in one sentence without keys and without the conversation.</summary>
public sealed class ModelCallException : Exception
{
    internal ModelCallException(ModelFailureKind kind, string message, Exception? inner = null)
        : base(message, inner) => Kind = kind;

    /// <summary>Why.</summary>
    public ModelFailureKind Kind { get; }

    /// <summary>A later repetition can't do better: the task ends, or the caller changes the conversation.</summary>
    public bool IsFinal => !Kind.IsTransient() && Kind != ModelFailureKind.CircuitOpen;

    /// <summary>Wait that the provider asked for; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
