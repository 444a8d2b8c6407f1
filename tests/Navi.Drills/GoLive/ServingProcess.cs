using System.Diagnostics;
using Navi.Drills.Tools;

namespace Navi.Drills.GoLive;

/// <summary><c>navi serve</c> in a process of its own, whose log lies in a file; told to end when disposed.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly StreamWriter log;

    private ServingProcess(Process process, StreamWriter log) => (this.process, this.log) = (process, log);

    public bool HasExited => process.HasExited;

    public static ServingProcess Start(IReadOnlyDictionary<string, string> environment, string logFile)
    {
        var info = NaviCommand.Info(environment, ["serve"]);
        var process = Process.Start(info)!;
        var serving = new ServingProcess(process, new StreamWriter(logFile, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, e) => serving.Write(e.Data);
        process.ErrorDataReceived += (_, e) => serving.Write(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return serving;
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.TerminateAsync(process, Patience);
        // Also waits for the end of its output.
        await process.WaitForExitAsync();
        process.Dispose();
        await log.DisposeAsync();
    }

    private void Write(string? line)
    {
        lock (log)
        {
            if (line is not null)
                log.WriteLine(line);
        }
    }
}
