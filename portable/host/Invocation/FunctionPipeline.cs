using Microsoft.Azure.Functions.Worker.Middleware;

namespace Navi.Portable.Host.Invocation;

/// <summary>The worker middleware around every function, of whatever trigger.</summary>
internal sealed class FunctionPipeline
{
    private readonly FunctionExecutionDelegate chain;
    private readonly IReadOnlyDictionary<string, FunctionMethod> methods;

    public FunctionPipeline(IEnumerable<FunctionMethod> methods, WorkerApplicationBuilder worker)
    {
        this.methods = methods.ToDictionary(m => m.Entry.Name, StringComparer.Ordinal);
        chain = worker.Build(context => this.methods[context.FunctionDefinition.Name].CallAsync((PortableFunctionContext)context));
    }

    public IEnumerable<FunctionMethod> Methods => methods.Values;

    /// <summary>Runs middleware and function, and returns the result as the last of them left it. Exceptions pass through.</summary>
    public async Task<object?> InvokeAsync(PortableFunctionContext context)
    {
        await chain(context);
        return context.Result;
    }
}
