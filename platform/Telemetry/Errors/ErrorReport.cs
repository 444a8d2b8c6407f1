namespace Navi.Platform.Telemetry.Errors;

/// <summary>One error as the code that met it tells it.</summary>
/// <param name="Component">Part of NAVI, such as <c>http</c> or <c>models</c>; of a closed set that the code names.</param>
/// <param name="Operation">What it was doing, such as a function's or a tool's name.</param>
/// <param name="Type">Kind of the error, such as the exception's type.</param>
/// <param name="Message">In words. Secrets in it are taken out before it is kept.</param>
public sealed record ErrorReport(string Component, string Operation, string Type, string Message)
{
    /// <summary>Whose work it was; null for that of <see cref="Task"/>, and without one for the installation's own.</summary>
    public string? Organisation { get; init; }

    /// <summary>Who asked for the work; null for who asked for <see cref="Task"/>, and without one for nobody.</summary>
    public string? User { get; init; }

    /// <summary>One of <see cref="ErrorSeverity"/>.</summary>
    public string Severity { get; init; } = ErrorSeverity.Error;

    /// <summary>The cause's own code, such as an SQLSTATE; null without one.</summary>
    public string? Code { get; init; }

    /// <summary>The exception; it is recorded once, however many pass it on. Null for an error that is none.</summary>
    public Exception? Exception { get; init; }

    /// <summary>Where it happened, for an error that is no exception of this process; null when nobody knows.</summary>
    public string? Stack { get; init; }

    /// <summary>The task; null outside of one.</summary>
    public Guid? Task { get; init; }

    /// <summary>The request, as in <c>X-Request-Id</c>; null outside of one.</summary>
    public string? Request { get; init; }

    /// <summary>Whether a client tells of it, of which its organisation is known. It waits in room of its own, and its type is no label of a metric: the client chooses it.</summary>
    public bool FromClient { get; init; }

    /// <summary>The report of an exception.</summary>
    public static ErrorReport Of(string component, string operation, Exception exception) =>
        new(component, operation, exception.GetType().Name, exception.Message) { Exception = exception, Code = ErrorCodes.Of(exception) };
}
