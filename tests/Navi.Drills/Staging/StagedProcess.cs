using System.Diagnostics;

namespace Navi.Drills.Staging;

/// <summary>A program that runs beside the drill; its lines go into a file.</summary>
internal sealed class StagedProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StreamWriter log;
    private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StagedProcess(Process process, StreamWriter log)
    {
        this.process = process;
        this.log = log;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>The first line that it prints.</summary>
    public Task<string> FirstLine => first.Task;

    public static StagedProcess Start(string program, IEnumerable<string> arguments, string directory, string logFile)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = directory };
        return new StagedProcess(Process.Start(info)!, new StreamWriter(logFile, append: true));
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        process.Dispose();
        lock (log)
            log.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        first.TrySetResult(line);
        lock (log)
        {
            if (log.BaseStream is { CanWrite: true })
                log.WriteLine(line);
        }
    }
}
