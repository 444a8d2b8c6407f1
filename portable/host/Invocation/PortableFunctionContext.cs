using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Portable.Host.Functions;

namespace Navi.Portable.Host.Invocation;

/// <summary>One invocation of one function.</summary>
internal sealed class PortableFunctionContext : FunctionContext
{
    private readonly InvocationResultFeature result = new();

    /// <param name="function">What is invoked.</param>
    /// <param name="invocationId">Unique to this invocation; on replay of an orchestration it is a new one.</param>
    /// <param name="services">The scope that the function's class and its middleware are made from.</param>
    /// <param name="triggerValue">What the trigger parameter gets.</param>
    /// <param name="bindingData">Route values, instance id and the like by name.</param>
    /// <param name="cancellation">Ends with the request, the lease or the host's drain.</param>
    public PortableFunctionContext(
        FunctionEntry function, string invocationId, IServiceProvider services, object? triggerValue, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellation)
    {
        Function = function;
        InvocationId = invocationId;
        InstanceServices = services;
        TriggerValue = triggerValue;
        BindingContext = new PortableBindingContext(bindingData);
        CancellationToken = cancellation;
        Features.Set<IInvocationResultFeature>(result);
    }

    public FunctionEntry Function { get; }

    public object? TriggerValue { get; }

    /// <summary>What the function returned or middleware put in its place.</summary>
    public object? Result
    {
        get => result.Result;
        set => result.Result = value;
    }

    public override string InvocationId { get; }

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext { get; } = new PortableTraceContext();

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; } = new PortableRetryContext();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken { get; }

    public void SetHttpContext(HttpContext context) => Items[FunctionContextExtensions.HttpContextKey] = context;
}
