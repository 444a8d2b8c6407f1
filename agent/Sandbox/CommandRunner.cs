using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Navi.Agent.Sandbox;

/// <summary>Runs commands in a workspace directory: sandboxed by bubblewrap, bounded in time, memory and output, killed as a whole.</summary>
internal sealed partial class CommandRunner(IOptions<SandboxOptions> options, ProcessStarter starter, TimeProvider time, ILogger<CommandRunner> logger)
{
    // One pipe for both streams keeps their order; no input, so that nothing waits for it.
    private const string Redirect = "exec 2>&1 </dev/null; exec \"$@\"";
    private const int KillSignal = 9;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly SandboxOptions options = options.Value;
    private readonly SemaphoreSlim gate = new(1, 1);
    private ToolchainMounts? toolchains;
    private bool proven;

    /// <summary>Name of the sandbox that commands get, and why when it is none.</summary>
    public async Task<(string Sandbox, string Reason)> ProbeAsync()
    {
        var (works, reason) = await PrepareAsync();
        return works ? ("bubblewrap", "") : ("none", reason);
    }

    /// <summary>Runs the command. Failure of the command is an outcome; failure of the sandbox throws <see cref="SandboxException"/>.</summary>
    public async Task<CommandOutcome> RunAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var (works, reason) = await PrepareAsync();
        if (!works && !options.AllowUnsandboxed)
            return new(-1, "", false, false, TimeSpan.Zero, "none",
                $"Commands are not run here: bubblewrap does not work ({reason}). Install it, or allow unsandboxed commands (SandboxOptions.AllowUnsandboxed).");
        return works ? await SandboxedAsync(request, cancellationToken) : await PlainAsync(request, cancellationToken);
    }

    private Task<CommandOutcome> SandboxedAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(options.Bubblewrap, [.. Bubblewrap.Arguments(request, options, toolchains!), .. Limited(request)]);
        return RunAsync(info, request, "bubblewrap", Bubblewrap.Environment(toolchains!, Bubblewrap.Home, "/tmp"), cancellationToken);
    }

    private async Task<CommandOutcome> PlainAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var home = Directory.CreateTempSubdirectory("navi-home-").FullName;
        try
        {
            // setsid makes the command the leader of a group that can be killed as one; with setpriv the kernel ends it when this process dies.
            List<string> leader = ["setsid", .. Limited(request)];
            if (HostPrograms.Find("setpriv") is not null)
                leader = ["setpriv", "--pdeathsig", "KILL", .. leader];
            var info = new ProcessStartInfo(leader[0], leader[1..])
            {
                WorkingDirectory = request.WorkingDirectory is null ? request.Directory : Path.Combine(request.Directory, request.WorkingDirectory),
            };
            var environment = Bubblewrap.Environment(toolchains!, home, home);
            environment["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? environment["PATH"];
            return await RunAsync(info, request, "none", environment, cancellationToken);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private async Task<CommandOutcome> RunAsync(
        ProcessStartInfo info, CommandRequest request, string sandbox, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        info.RedirectStandardOutput = info.RedirectStandardError = info.RedirectStandardInput = true;
        info.Environment.Clear();
        foreach (var (name, value) in environment.Concat(request.Environment ?? new Dictionary<string, string>()))
            info.Environment[name] = value;

        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(request.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        using var process = await starter.StartAsync(info);
        process.StandardInput.Close();
        var output = new OutputCollector(request.OutputLimitBytes);
        var complaints = new OutputCollector(4096);
        var reading = Task.WhenAll(output.ReadAsync(process.StandardOutput.BaseStream), complaints.ReadAsync(process.StandardError.BaseStream));
        var killed = false;
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            killed = true;
        }

        // Also after a normal end: without a process namespace, something may have stayed behind in the group.
        Kill(process, sandbox, killed);
        await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Grace, CancellationToken.None);
        await Task.WhenAny(reading, Task.Delay(Grace, CancellationToken.None));

        if (!killed && complaints.Text() is { Length: > 0 } complaint && complaint.StartsWith("bwrap:", StringComparison.Ordinal))
            throw new SandboxException($"The sandbox could not be set up: {complaint.Trim()}");
        var cancelled = killed && cancellationToken.IsCancellationRequested;
        var outcome = new CommandOutcome(killed ? -1 : process.ExitCode, output.Text(), killed && !cancelled, cancelled, time.GetElapsedTime(started), sandbox);
        LogRan(sandbox, outcome.ExitCode, outcome.TimedOut, outcome.Cancelled, (long)outcome.Duration.TotalMilliseconds);
        return outcome;
    }

    private List<string> Limited(CommandRequest request) =>
    [
        "/bin/sh", "-c", Redirect, "sh", "prlimit", "--core=0", Limit("data", options.MemoryBytes), Limit("nproc", options.Processes),
        Limit("nofile", options.OpenFiles), Limit("fsize", options.FileBytes), "--", .. request.Argv,
    ];

    private static string Limit(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");

    private static void Kill(Process process, string sandbox, bool killed)
    {
        if (sandbox == "none")
            _ = kill(-process.Id, KillSignal);
        else if (killed && !process.HasExited)
            process.Kill();
    }

    // Only success is remembered: what a busy or half-installed machine failed at may work for the next command.
    private async Task<(bool Works, string Reason)> PrepareAsync()
    {
        await gate.WaitAsync();
        try
        {
            toolchains ??= await new ToolchainFinder(options, starter).FindAsync();
            (bool Works, string Reason) answer = proven ? (true, "") : await TryBubblewrapAsync();
            proven = answer.Works;
            return answer;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<(bool Works, string Reason)> TryBubblewrapAsync()
    {
        if (HostPrograms.Find(options.Bubblewrap) is not { } program)
            return (false, $"'{options.Bubblewrap}' is not installed");
        var directory = Directory.CreateTempSubdirectory("navi-probe-").FullName;
        try
        {
            var request = new CommandRequest(["true"], directory, TimeSpan.FromSeconds(10));
            var info = new ProcessStartInfo(program, [.. Bubblewrap.Arguments(request, options, toolchains!), .. Limited(request)]);
            var outcome = await RunAsync(info, request, "bubblewrap", Bubblewrap.Environment(toolchains!, Bubblewrap.Home, "/tmp"), CancellationToken.None);
            return outcome.Succeeded ? (true, "") : (false, outcome.TimedOut ? "it did not answer" : outcome.Output.Trim());
        }
        catch (SandboxException e)
        {
            return (false, e.Message);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    [LoggerMessage(EventId = 3201, Level = LogLevel.Debug, Message = "Command ended in sandbox {Sandbox}: exit code {ExitCode}, timed out {TimedOut}, cancelled {Cancelled}, {Milliseconds} ms.")]
    private partial void LogRan(string sandbox, int exitCode, bool timedOut, bool cancelled, long milliseconds);
}
