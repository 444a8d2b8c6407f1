namespace Microsoft.Azure.Functions.Worker;

public abstract class InvocationResult<T>
{
    protected InvocationResult()
    {
    }

    /// <summary>What the function returned; setting it replaces the answer.</summary>
    public abstract T? Value { get; set; }
}
