using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Navi.Drills.Tools;

namespace Navi.Deployment.Tests.Images;

/// <summary>A running container of a <see cref="LocalPod"/>: a process under bubblewrap (bwrap(1)) in a network of its own, with the pod's user and no capability.</summary>
internal sealed class LocalContainer : IAsyncDisposable
{
    private readonly Process bubble;
    private readonly (int Id, int Group) user;
    private readonly string program;
    private readonly StringBuilder log = new();

    private LocalContainer(Process bubble, (int, int) user, string program)
    {
        (this.bubble, this.user, this.program) = (bubble, user, program);
        bubble.OutputDataReceived += (_, e) => Keep(e.Data);
        bubble.ErrorDataReceived += (_, e) => Keep(e.Data);
        bubble.BeginOutputReadLine();
        bubble.BeginErrorReadLine();
    }

    public bool HasExited => bubble.HasExited;

    /// <summary>What it has printed.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public static LocalContainer Start(IEnumerable<string> bubblewrap, IReadOnlyList<string> command, (int Id, int Group) user)
    {
        // Root becomes the pod's user for real. Anybody else is the pod's user in a namespace alone: files of theirs are its own.
        IEnumerable<string> become = Environment.IsPrivilegedProcess
            ? ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP", "--",
                "setpriv", "--reuid", $"{user.Id}", "--regid", $"{user.Group}", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"]
            : ["--unshare-user", "--uid", $"{user.Id}", "--gid", $"{user.Group}", "--"];
        try
        {
            return new LocalContainer(Process.Start(new ProcessStartInfo("bwrap", [.. bubblewrap, .. become, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true })!, user, command[0]);
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("bwrap can't be started, and without it the image can't be run as a pod runs it. Install bubblewrap.", e);
        }
    }

    /// <summary>Its process, by the number that this machine gives it; null when there is none any more, or not yet.</summary>
    public int? Pid => Descendants(bubble.Id).Where(p => ReadOrNothing($"/proc/{p}/cmdline").Split('\0')[0] == program).Select(p => (int?)p).FirstOrDefault();

    /// <summary>Runs a command in it as its user, as <c>kubectl exec</c> and HEALTHCHECK do.</summary>
    public Task<ToolResult> ExecAsync(IEnumerable<string> command, CancellationToken cancellation)
    {
        var target = Pid ?? throw new InvalidOperationException($"The container has ended: {Log}");
        IEnumerable<string> become = Environment.IsPrivilegedProcess ? ["--setuid", $"{user.Id}", "--setgid", $"{user.Group}"] : ["--user", "--preserve-credentials"];
        return Tool.RunAsync("/", "nsenter", ["--target", $"{target}", "--mount", "--net", .. become, "--", .. command], cancellation);
    }

    /// <summary>What the kernel says of its process, as its user sees it.</summary>
    public async Task<Dictionary<string, string>> StatusAsync(CancellationToken cancellation)
    {
        var number = ReadOrNothing($"/proc/{Pid}/status").Split('\n').Single(l => l.StartsWith("NSpid:", StringComparison.Ordinal)).Split('\t')[^1];
        var status = await ExecAsync(["cat", $"/proc/{number}/status"], cancellation);
        return status.Output.Split('\n').Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[^1].Trim());
    }

    /// <summary>Sends its process a signal, as the kubelet does.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Pid!.Value.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public async Task<int> ExitCodeAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await bubble.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The container did not end within {patience}: {Log}");
        }
        return bubble.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!bubble.HasExited)
            bubble.Kill(entireProcessTree: true);
        await bubble.WaitForExitAsync();
        bubble.Dispose();
    }

    private static IEnumerable<int> Descendants(int process) =>
        ReadOrNothing($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture)).SelectMany(p => Descendants(p).Prepend(p));

    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            // The process has ended.
            return "";
        }
    }

    private void Keep(string? line)
    {
        lock (log)
            log.AppendLine(line);
    }
}
