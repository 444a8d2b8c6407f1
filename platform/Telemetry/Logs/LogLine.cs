using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>
/// One line of NAVI's structured log: a JSON object with the members time, level, category, event, message, and where there are some trace_id, span_id (W3C Trace Context), exception and what the
/// scopes and the message's own parameters name. Every text is without the secrets that are known by their shape, and what bears a secret's name is left out.
/// </summary>
public static class LogLine
{
    private const int LongestText = 16_384;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the line, without its end.</summary>
    public static string Write<TState>(
        DateTimeOffset time, LogLevel level, string category, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter, IExternalScopeProvider? scopes)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("level", level.ToString().ToLowerInvariant());
            json.WriteString("category", category);
            json.WriteNumber("event", id.Id);
            json.WriteNumber("pid", Environment.ProcessId);
            json.WriteString("message", Cut(LogValues.Message(formatter(state, exception), state as IEnumerable<KeyValuePair<string, object?>>)));
            if (Activity.Current is { } activity)
            {
                json.WriteString("trace_id", activity.TraceId.ToHexString());
                json.WriteString("span_id", activity.SpanId.ToHexString());
            }
            if (exception is not null)
                json.WriteString("exception", Redactor.Clean(Cut(exception.ToString())));
            var named = new Dictionary<string, string>(StringComparer.Ordinal);
            scopes?.ForEachScope(static (scope, all) => Collect(scope, all), named);
            Collect(state, named);
            foreach (var (name, value) in named)
                json.WriteString(name, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Collect(object? source, Dictionary<string, string> named)
    {
        if (source is not IEnumerable<KeyValuePair<string, object?>> values)
            return;
        foreach (var (name, value) in values)
        {
            if (name != LogValues.Template && value is not null)
                named[NameOf(name)] = Cut(LogValues.Clean(name, value));
        }
    }

    // Names of parameters must not meet those of the line itself.
    private static string NameOf(string name)
    {
        var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
        return snake is "time" or "level" or "category" or "event" or "pid" or "message" or "trace_id" or "span_id" or "exception" ? $"value_{snake}" : snake;
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText), "…");
}
