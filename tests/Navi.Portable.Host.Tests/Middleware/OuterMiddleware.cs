using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Navi.Portable.Host.Tests.Middleware;

/// <summary>Refuses one function, translates one exception, replaces one result.</summary>
public sealed class OuterMiddleware(TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        Assert.NotNull(time);
        context.Items["steps"] = new List<string> { "outer" };
        if (context.FunctionDefinition.Name == "Closed")
        {
            context.GetInvocationResult().Value = Results.Problem(statusCode: 401, title: "no");
            return;
        }
        try
        {
            await next(context);
        }
        catch (FormatException e)
        {
            context.GetInvocationResult().Value = Results.Problem(statusCode: 422, detail: e.Message);
        }
        var result = context.GetInvocationResult<IResult>();
        if (context.FunctionDefinition.Name == "Typed" && result.Value is not null)
            result.Value = Results.Text("replaced");
    }
}
