using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Worker;

internal static partial class WorkerLog
{
    [LoggerMessage(4001, LogLevel.Information, "Durable worker {Worker} has joined.")]
    public static partial void Joined(ILogger logger, long worker);

    [LoggerMessage(4002, LogLevel.Information, "Durable worker {Worker} has left.")]
    public static partial void Left(ILogger logger, long worker);

    [LoggerMessage(4003, LogLevel.Warning, "Durable worker {Worker} was taken for dead; its work is others' now, and it joins anew.")]
    public static partial void TakenForDead(ILogger logger, long worker);

    [LoggerMessage(4004, LogLevel.Information, "Durable worker {Worker} has freed the work of workers that are gone.")]
    public static partial void Reaped(ILogger logger, long worker);

    [LoggerMessage(4005, LogLevel.Warning, "Durable worker {Worker} has waited {Timeout} for running work and cancels the rest.")]
    public static partial void DrainTimedOut(ILogger logger, long worker, TimeSpan timeout);

    [LoggerMessage(4010, LogLevel.Warning, "The durable runtime's database does not answer; trying again until it does.")]
    public static partial void DatabaseFails(ILogger logger, Exception exception);

    [LoggerMessage(4011, LogLevel.Information, "The durable runtime's database answers again.")]
    public static partial void DatabaseAnswers(ILogger logger);

    [LoggerMessage(4020, LogLevel.Warning, "Orchestration {InstanceId} ({Name}) failed: {ErrorType}: {ErrorMessage}")]
    public static partial void OrchestrationFailed(ILogger logger, string instanceId, string name, string errorType, string errorMessage);

    [LoggerMessage(4021, LogLevel.Warning, "A turn of orchestration {InstanceId} was not written: the claim was lost.")]
    public static partial void TurnFenced(ILogger logger, string instanceId);

    [LoggerMessage(4022, LogLevel.Error, "A turn of orchestration {InstanceId} can't be stored; the orchestration fails.")]
    public static partial void TurnUnstorable(ILogger logger, Exception exception, string instanceId);

    [LoggerMessage(4030, LogLevel.Information, "Activity {Name} of {InstanceId} (step {TaskId}) failed: {ErrorType}")]
    public static partial void ActivityFailed(ILogger logger, string name, string instanceId, int taskId, string errorType);

    [LoggerMessage(4031, LogLevel.Warning, "The outcome of activity {Name} of {InstanceId} (step {TaskId}) was not written: the claim was lost.")]
    public static partial void ActivityFenced(ILogger logger, string name, string instanceId, int taskId);

    [LoggerMessage(4032, LogLevel.Information, "Activity {Name} of {InstanceId} (step {TaskId}) is handed back.")]
    public static partial void ActivityHandedBack(ILogger logger, string name, string instanceId, int taskId);

    [LoggerMessage(4040, LogLevel.Error, "A durable worker loop met an error that it does not know; it goes on.")]
    public static partial void LoopError(ILogger logger, Exception exception);
}
