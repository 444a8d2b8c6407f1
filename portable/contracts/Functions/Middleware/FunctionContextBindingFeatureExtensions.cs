namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextBindingFeatureExtensions
{
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) => new FeatureInvocationResult<T>(Feature(context));

    public static InvocationResult GetInvocationResult(this FunctionContext context) => new FeatureInvocationResult(Feature(context));

    private static IInvocationResultFeature Feature(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<IInvocationResultFeature>()
            ?? throw new InvalidOperationException("This invocation has no result: it was not started by a host.");
    }
}
