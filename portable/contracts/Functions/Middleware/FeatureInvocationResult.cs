namespace Microsoft.Azure.Functions.Worker;

internal sealed class FeatureInvocationResult(IInvocationResultFeature feature) : InvocationResult
{
    public override object? Value
    {
        get => feature.Result;
        set => feature.Result = value;
    }
}
