using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Functions.Errors;

/// <summary>
/// Records what activities and timers throw, and lets it go on: their hosts try again. Orchestrators throw in their ordinary course, to be suspended, and are left out; what they end with is the task's.
/// </summary>
internal sealed class ErrorRecordMiddleware(ErrorRecorder errors) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (Recorded(context, e))
        {
            // The filter has recorded it and is never true.
            throw;
        }
    }

    private bool Recorded(FunctionContext context, Exception e)
    {
        var component = ComponentOf(context.FunctionDefinition);
        if (component is null || (e is OperationCanceledException && context.CancellationToken.IsCancellationRequested))
            return false;
        var only = e is AggregateException { InnerExceptions: [var inner] } ? inner : e;
        // Whose task it is, the writer finds out. Both are tried again: by the orchestration's retries, and at the timer's next occurrence.
        errors.Record(ErrorReport.Of(component, context.FunctionDefinition.Name, only) with { Severity = ErrorSeverity.Warning, Task = TaskOf(context) });
        return false;
    }

    private static string? ComponentOf(FunctionDefinition function) =>
        function.InputBindings.Values.Any(b => b.Type == "activityTrigger") ? "activities" : function.InputBindings.Values.Any(b => b.Type == "timerTrigger") ? "timers" : null;

    // The instance is named after its task.
    private static Guid? TaskOf(FunctionContext context) =>
        context.BindingContext.BindingData.TryGetValue("instanceId", out var id) && id?.ToString() is { Length: >= 36 } instance && Guid.TryParse(instance.AsSpan(0, 36), out var task) ? task : null;
}
