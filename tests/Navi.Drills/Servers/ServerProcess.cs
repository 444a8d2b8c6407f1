using System.Diagnostics;
using System.Text.RegularExpressions;
using Navi.Drills.Tools;
using Navi.Testing;

namespace Navi.Drills.Servers;

/// <summary>A Prometheus or Alertmanager on a free port of 127.0.0.1, told to end when disposed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process process;
    private readonly List<string> log;

    private ServerProcess(Process process, List<string> log, Uri address)
    {
        this.process = process;
        this.log = log;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>What it has logged so far.</summary>
    public string Log
    {
        get
        {
            lock (log)
                return string.Join('\n', log);
        }
    }

    /// <summary>Starts <paramref name="program"/> and waits until it says where it listens, and is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its log.</exception>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var process = Process.Start(new ProcessStartInfo(program, [.. arguments, "--web.listen-address=127.0.0.1:0"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var log = new List<string>();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, e) =>
        {
            lock (log)
                log.Add(e.Data ?? "");
            if (e.Data is null)
                listening.TrySetException(new InvalidOperationException($"{program} ended: {string.Join('\n', log)}"));
            else if (Listening().Match(e.Data) is { Success: true } match)
                listening.TrySetResult(new Uri($"http://{match.Groups[1].Value}"));
        };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            var address = await listening.Task.WaitAsync(Patience, cancellation);
            await ReadyAsync(address, cancellation);
            return new ServerProcess(process, log, address);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (process)
            await Tool.TerminateAsync(process, Patience);
    }

    // It listens before it answers.
    private static async Task ReadyAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = Patience };
        await Wait.UntilAsync(async () =>
        {
            using var answer = await http.GetAsync("/-/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }, () => $"{address} listens, but is not ready.");
    }

    // The chosen port stands in "Listening on" alone.
    [GeneratedRegex("msg=\"Listening on\" address=(\\S+)")]
    private static partial Regex Listening();
}
