using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Navi.Platform.Telemetry.Logs;

namespace Navi.Cli.Serving;

/// <summary>The log of <c>navi serve</c>: one JSON object a line on standard output, as collectors of the output of containers and services read it.</summary>
internal static class ServeLogging
{
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        // One line per request and per start of the web server says nothing that metrics and traces do not.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        // A failed start is an exception that the command turns into one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName).AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
    }
}
