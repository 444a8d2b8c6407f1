using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Host.Functions;

namespace Navi.Portable.Host.Invocation;

/// <summary>Calls a function's method: makes its class from the invocation's services, binds its parameters, awaits its result.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo method;
    private readonly ObjectFactory? factory;
    private readonly ArgumentSource[] sources;
    private readonly Func<object?, Task<object?>> awaiter;

    public FunctionMethod(FunctionEntry entry, ArgumentSource[] sources)
    {
        Entry = entry;
        method = entry.Method;
        this.sources = sources;
        awaiter = ReturnValue.Awaiter(method);
        factory = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
    }

    public FunctionEntry Entry { get; }

    public async Task CallAsync(PortableFunctionContext context)
    {
        var arguments = Array.ConvertAll(sources, source => source(context));
        var instance = factory?.Invoke(context.InstanceServices, []);
        try
        {
            var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            context.Result = await awaiter(returned);
        }
        finally
        {
            if (instance is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else if (instance is IDisposable disposable)
                disposable.Dispose();
        }
    }
}
