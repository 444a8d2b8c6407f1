using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Cli.Serving;
using Navi.Platform.Hosting;

namespace Navi.Cli.Commands;

/// <summary><c>navi serve</c>: NAVI as a deployment runs it, with everything from the environment, until SIGTERM.</summary>
internal static partial class ServeCommand
{
    public static Command Make()
    {
        var command = new Command("serve", "Run NAVI as a deployment: every setting comes from Navi__… in the environment (docs/CONFIGURATION.md), the log is JSON on standard output, SIGTERM drains.");
        command.SetAction((_, cancellation) => RunAsync(cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken ending)
    {
        try
        {
            await using var host = await ServedNavi.StartAsync(ending);
            var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServeCommand));
            LogServes(logger, host.Address, NaviVersion.Text, host.Services.GetRequiredService<IOptions<NaviOptions>>().Value.Environment);
            await host.RunAsync(() => LogDrains(logger), ending);
            LogEnded(logger);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Asked to end before it served: there is nothing to drain.
        }
        return ExitCodes.Ok;
    }

    [LoggerMessage(4611, LogLevel.Information, "NAVI {Version} serves at {Address} in the environment {Environment}.")]
    private static partial void LogServes(ILogger logger, Uri address, string version, string environment);

    [LoggerMessage(4612, LogLevel.Information, "NAVI was asked to end: running requests and work may end.")]
    private static partial void LogDrains(ILogger logger);

    [LoggerMessage(4613, LogLevel.Information, "NAVI has ended.")]
    private static partial void LogEnded(ILogger logger);
}
