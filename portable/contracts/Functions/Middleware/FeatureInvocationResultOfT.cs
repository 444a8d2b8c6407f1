namespace Microsoft.Azure.Functions.Worker;

internal sealed class FeatureInvocationResult<T> : InvocationResult<T>
{
    private readonly IInvocationResultFeature feature;

    public FeatureInvocationResult(IInvocationResultFeature feature)
    {
        this.feature = feature;
        // A mistaken type is the caller's error and is said where it is made, not where the value is read.
        if (feature.Result is { } result and not T)
            throw new InvalidOperationException($"The invocation's result is of type '{result.GetType()}', not '{typeof(T)}'.");
    }

    public override T? Value
    {
        get => feature.Result is T value ? value : default;
        set => feature.Result = value;
    }
}
