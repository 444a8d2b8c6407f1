using Navi.Platform.Security.Redaction;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>
/// Takes secrets out of log records before they are exported. What their scopes name goes as attributes, where a parameter of the same name comes before it, and an exception as text, because its own
/// message can't be changed.
/// </summary>
internal sealed class RedactingProcessor(LogScopes scopes) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        if (data.FormattedMessage is { } message)
            data.FormattedMessage = LogValues.Message(message, data.Attributes);
        var attributes = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in scopes.Read().Concat(data.Attributes ?? []))
            attributes[name] = Redactor.NamesSecret(name) || value is not (null or ValueType) ? LogValues.Clean(name, value) : value;
        if (data.Exception is { } exception)
        {
            // OpenTelemetry's conventions for exceptions in logs.
            attributes["exception.type"] = exception.GetType().FullName;
            attributes["exception.message"] = Redactor.Clean(exception.Message);
            attributes["exception.stacktrace"] = Redactor.Clean(exception.ToString());
            data.Exception = null;
        }
        data.Attributes = [.. attributes];
    }
}
