using Navi.Platform.Security.Redaction;
using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>Takes secrets out of log records before they are exported. An exception goes as text, because its own message can't be changed.</summary>
internal sealed class RedactingProcessor : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        var attributes = (data.Attributes ?? []).Select(a => new KeyValuePair<string, object?>(a.Key, a.Value is string text ? Redactor.Clean(text) : a.Value is null or ValueType ? a.Value : Redactor.Clean(a.Value.ToString() ?? ""))).ToList();
        if (data.Exception is { } exception)
        {
            // OpenTelemetry's conventions for exceptions in logs.
            attributes.Add(new("exception.type", exception.GetType().FullName));
            attributes.Add(new("exception.message", Redactor.Clean(exception.Message)));
            attributes.Add(new("exception.stacktrace", Redactor.Clean(exception.ToString())));
            data.Exception = null;
        }
        data.Attributes = attributes;
        if (data.FormattedMessage is { } message)
            data.FormattedMessage = Redactor.Clean(message);
    }
}
