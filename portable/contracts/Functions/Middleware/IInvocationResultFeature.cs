namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where a host keeps the result of an invocation, so that middleware can read and replace it.</summary>
internal interface IInvocationResultFeature
{
    object? Result { get; set; }
}
