using System.CommandLine;
using System.Diagnostics;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.Places;
using Navi.Platform.Data.Local;

namespace Navi.Cli.Commands;

/// <summary><c>navi down</c>: stops what <c>navi up</c> and other commands left running on this machine.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("down", "Stop every 'navi up' of this user, then the private database. Running it twice is fine.") { json };
        command.SetAction((parsed, cancellation) => RunAsync(context, context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, bool json, CancellationToken cancellation)
    {
        var screen = json ? context.Error : context.Out;
        var stopped = new List<int>();
        var alive = RunFiles.Alive(context.Places);
        foreach (var run in alive)
            await TerminateAsync(run.Pid, cancellation);
        foreach (var run in alive)
        {
            await WaitForEndAsync(run, cancellation);
            screen.Line($"Stopped navi up, process {run.Pid} at {run.Url}.");
            stopped.Add(run.Pid);
        }
        var database = await StopDatabaseAsync(context, cancellation);
        if (database)
            screen.Line("Stopped the private database; its data stay.");
        if (stopped.Count == 0 && !database)
            screen.Line("Nothing was running.");
        if (json)
            CliContext.WriteJson(new { stopped, database_stopped = database });
        return ExitCodes.Ok;
    }

    // .NET sends no SIGTERM to another process; kill does, and asks for nothing but the number.
    private static async Task TerminateAsync(int pid, CancellationToken cancellation)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(cancellation);
    }

    private static async Task WaitForEndAsync(RunFile run, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (RunFiles.IsAlive(run))
        {
            if (waited.Elapsed > Patience)
                throw CliException.Unavailable($"navi up, process {run.Pid}, did not stop within {Durations.Say(Patience)}. Its work is safe: end it with kill -9 {run.Pid}");
            await Task.Delay(100, cancellation);
        }
    }

    private static async Task<bool> StopDatabaseAsync(CliContext context, CancellationToken cancellation)
    {
        if (LocalHost.GivenDatabase(context) is not null || !Directory.Exists(context.Places.Home))
            return false;
        try
        {
            return await LocalCluster.StopAsync(context.Places.Home, cancellation);
        }
        catch (LocalClusterException e)
        {
            throw CliException.Unavailable(e.Message, e);
        }
    }
}
