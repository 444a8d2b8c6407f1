using System.CommandLine;
using System.Globalization;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.Places;

namespace Navi.Cli.Commands;

/// <summary><c>navi up</c>: serves the API and does the work until it is stopped.</summary>
internal static class UpCommand
{
    private const int UsualPort = 7071;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(15);

    public static Command Make(CliContext context)
    {
        var port = new Option<int?>("--port") { Description = $"Where to listen on 127.0.0.1. Default {UsualPort}, or a free port when that is taken; 0 takes a free one." };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 0 or > 65535)
                result.AddError("--port must be from 0 to 65535.");
        });
        var json = CommonOptions.Json("Print where it listens as one line of JSON.");
        var command = new Command("up", "Run NAVI in the foreground: its API, timers and workers. Several on one machine share one database and the work.") { port, json };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(port), context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, int? port, bool json, CancellationToken cancellation)
    {
        await using var host = await StartAsync(context, port, cancellation);
        var url = host.Address.ToString().TrimEnd('/');
        using var announced = RunFiles.Announce(context.Places, url, RunFiles.DatabaseName(LocalHost.GivenDatabase(context)));
        if (json)
            CliContext.WriteJsonLine(new { url, pid = Environment.ProcessId, environment = "Local", token_file = context.Places.TokenFile });
        else
            Greet(context, host, url);
        await host.RunAsync(() => context.Error.Line("Stopping: running work may end; a second signal stops at once."), cancellation);
        context.Error.Line("Stopped.");
        return ExitCodes.Ok;
    }

    private static async Task<LocalHost> StartAsync(CliContext context, int? port, CancellationToken cancellation)
    {
        try
        {
            return await LocalHost.StartAsync(context, Options(port ?? UsualPort), cancellation);
        }
        catch (IOException e) when (port is null)
        {
            context.Error.Line($"Port {UsualPort} is taken ({e.Message.TrimEnd('.')}); a free one is used.", Tone.Warning);
            return await LocalHost.StartAsync(context, Options(0), cancellation);
        }
        catch (IOException e)
        {
            throw CliException.Unavailable($"Port {port} can't be used: {e.Message}", e);
        }
    }

    private static LocalHostOptions Options(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), RunWorkers: true, Drain, LogToScreen: true);

    private static void Greet(CliContext context, LocalHost host, string url)
    {
        context.Out.Line($"NAVI listens on {url}", Tone.Strong);
        context.Out.Line("Environment  Local: whoever asks for a task may approve it, and the record says so");
        context.Out.Line($"Database     {(host.HasPrivateCluster ? $"private PostgreSQL in {context.Places.Home}; it keeps running until '{Invocation.Name} down'" : "NAVI_DATABASE")}");
        context.Out.Line($"Token        {context.Places.TokenFile}");
        context.Out.Line($"Log          {context.Places.Log}");
        context.Out.Line($"Next         in another shell: {Invocation.Name} run \"survey this repository\" · stop with Ctrl-C or {Invocation.Name} down");
    }
}
