namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration failed; thrown where the orchestrator awaits it.</summary>
public sealed class TaskFailedException : Exception
{
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage))
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    public string TaskName { get; }

    public int TaskId { get; }

    public TaskFailureDetails FailureDetails { get; }

    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails.IsCausedBy<T>();

    private static string Describe(string taskName, int taskId, string message) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {message}";
}
