using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Navi.Platform.Telemetry.Logs;

/// <summary>The console's log as lines of <see cref="LogLine"/>, for whoever collects the output of a container.</summary>
/// <param name="time">The clock.</param>
public sealed class JsonLineFormatter(TimeProvider time) : ConsoleFormatter(FormatterName)
{
    /// <summary>Name to choose it by: <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "navi-json";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        textWriter.Write(LogLine.Write(time.GetUtcNow(), logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.State, logEntry.Exception, logEntry.Formatter, scopeProvider));
        textWriter.Write('\n');
    }
}
