using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Navi.Portable.Host.Tests.Drain;

public static class SlowFunctions
{
    [Function("Slow")]
    public static async Task<IResult> Slow([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow")] HttpRequest request, FunctionContext context, CancellationToken cancellation)
    {
        var gate = context.InstanceServices.GetRequiredService<Gate>();
        gate.Entered.TrySetResult();
        await gate.Opened.Task.WaitAsync(cancellation);
        return Results.Text("finished");
    }

    [Function("Stream")]
    public static IResult Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest request) =>
        Results.Stream(async body =>
        {
            await body.WriteAsync(": alive\n\n"u8.ToArray());
            await body.FlushAsync();
            await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        }, "text/event-stream");

    public sealed class Gate
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
