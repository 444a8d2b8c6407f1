using System.Diagnostics;

namespace Navi.Platform.Data.Local;

/// <summary>Runs one of PostgreSQL's own programs, as the <c>postgres</c> user when this process is root (the server refuses root).</summary>
internal static class ServerCommand
{
    public const string ServerUser = "postgres";

    public static bool IsRoot => string.Equals(Environment.UserName, "root", StringComparison.Ordinal);

    /// <summary>Runs to the end and returns exit code and what was printed.</summary>
    /// <exception cref="LocalClusterException">The program did not end within <paramref name="timeout"/>, or could not be started.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, bool asServerUser, TimeSpan timeout, CancellationToken cancellation)
    {
        var info = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" };
        if (asServerUser && IsRoot)
        {
            info.FileName = "runuser";
            foreach (var a in new[] { "-u", ServerUser, "--", program })
                info.ArgumentList.Add(a);
        }
        else
        {
            info.FileName = program;
        }
        foreach (var a in arguments)
            info.ArgumentList.Add(a);
        // The server's own environment must not depend on the caller's PostgreSQL settings.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        info.Environment["LC_ALL"] = "C.UTF-8";

        Process process;
        try
        {
            process = Process.Start(info)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LocalClusterException($"'{info.FileName}' could not be started: {e.Message}", e);
        }
        using (process)
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            limit.CancelAfter(timeout);
            process.StandardInput.Close();
            // pg_ctl leaves a server behind that may keep these pipes open: wait for the program, not for the pipes' end.
            var output = new System.Collections.Concurrent.ConcurrentQueue<string>();
            process.OutputDataReceived += (_, e) => Keep(output, e.Data);
            process.ErrorDataReceived += (_, e) => Keep(output, e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                while (!process.HasExited)
                    await Task.Delay(10, limit.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                throw new LocalClusterException($"'{program}' did not end within {timeout.TotalSeconds:0} s. It printed: {string.Join(' ', output)}");
            }
            return (process.ExitCode, string.Join('\n', output));
        }
    }

    private static void Keep(System.Collections.Concurrent.ConcurrentQueue<string> lines, string? line)
    {
        if (!string.IsNullOrWhiteSpace(line) && lines.Count < 50)
            lines.Enqueue(line);
    }
}
