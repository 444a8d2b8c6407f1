using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Navi.Platform.Telemetry.Logs;

namespace Navi.Cli.Connect;

/// <summary>The log of a host inside this process: always a file in NAVI's home; standard error only when asked for.</summary>
internal static class LocalLogging
{
    public static void Configure(ILoggingBuilder logging, CliContext context, bool toScreen)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(LogLevel.Information);
        // One line per request and per start of the web server says nothing that a person looks for here.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Warning);
        // A failed start is an exception that the command turns into one sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.Services.AddSingleton<ILoggerProvider>(_ => new FileLoggerProvider(context.Places.Log));
        var wanted = context.Variable("NAVI_LOG");
        if (!toScreen && wanted is not { Length: > 0 })
            return;
        var level = Enum.TryParse<LogLevel>(wanted, ignoreCase: true, out var given) ? given : LogLevel.Warning;
        if (context.Variable("NAVI_LOG_FORMAT") == "json")
            logging.AddConsole(console => console.FormatterName = JsonLineFormatter.FormatterName).AddConsoleFormatter<JsonLineFormatter, ConsoleFormatterOptions>();
        else
            logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.AddFilter<ConsoleLoggerProvider>(null, level);
        if (level < LogLevel.Information)
            logging.SetMinimumLevel(level);
    }
}
