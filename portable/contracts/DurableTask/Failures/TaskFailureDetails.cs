namespace Microsoft.DurableTask;

/// <summary>What is kept of an exception when it crosses a durable boundary.</summary>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var inner = exception switch
        {
            TaskFailedException failed => failed.FailureDetails,
            { InnerException: { } cause } => FromException(cause),
            _ => null,
        };
        return new TaskFailureDetails(exception.GetType().ToString(), exception.Message, exception.StackTrace, inner, null);
    }

    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
            throw new ArgumentException($"The type {targetBaseExceptionType} is not an exception.", nameof(targetBaseExceptionType));
        if (string.IsNullOrEmpty(ErrorType)) return false;
        // The name was written without its assembly: look in the usual place, then wherever the process has loaded code.
        var type = Type.GetType(ErrorType, throwOnError: false)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(ErrorType, throwOnError: false)).FirstOrDefault(found => found is not null);
        return type is not null && targetBaseExceptionType.IsAssignableFrom(type);
    }
}
