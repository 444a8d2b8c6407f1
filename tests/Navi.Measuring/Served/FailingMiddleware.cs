using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Navi.Measuring.Served;

/// <summary>Lets every n-th call of each HTTP function fail, innermost, so that NAVI answers as it does when it fails itself.</summary>
internal sealed class FailingMiddleware(int every) : IFunctionsWorkerMiddleware
{
    private readonly ConcurrentDictionary<string, int> calls = new();

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.GetHttpContext() is not null && calls.AddOrUpdate(context.FunctionDefinition.Name, 1, (_, n) => n + 1) % every == 0
            ? throw new InvalidOperationException("Failed on purpose, to see that it is counted.")
            : next(context);
}
