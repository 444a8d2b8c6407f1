using System.Globalization;
using Microsoft.Extensions.Logging;
using Navi.Platform.Telemetry.Logs;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>Records errors that one category logs.</summary>
/// <param name="recorder">Takes them.</param>
/// <param name="component">The category's last name; null for a category whose errors are not recorded.</param>
internal sealed class ErrorLogger(ErrorRecorder recorder, string? component) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => component is not null && logLevel is LogLevel.Error or LogLevel.Critical;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var operation = eventId.Name ?? eventId.Id.ToString(CultureInfo.InvariantCulture);
        var severity = logLevel == LogLevel.Critical ? ErrorSeverity.Critical : ErrorSeverity.Error;
        var message = LogValues.Message(formatter(state, exception), state as IEnumerable<KeyValuePair<string, object?>>);
        recorder.Record(exception is null
            ? new ErrorReport(component!, operation, "Logged", message) { Severity = severity }
            : ErrorReport.Of(component!, operation, exception) with { Message = $"{message} {exception.Message}", Severity = severity });
    }
}
