using System.Diagnostics;
using System.Threading.Channels;

namespace Navi.Measuring;

/// <summary>A program that says on its first line that it is ready, and that is ended with the benchmark.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly Channel<string> said = Channel.CreateUnbounded<string>();
    private readonly Task reading;

    private ChildProcess(Process process, string firstLine)
    {
        this.process = process;
        FirstLine = firstLine;
        reading = ReadAsync();
    }

    public int Id => process.Id;

    /// <summary>What it said when it was ready.</summary>
    public string FirstLine { get; }

    /// <summary>Starts it and waits for its first line.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; its errors are on standard error.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessStartInfo info, string name, CancellationToken cancellation)
    {
        (info.RedirectStandardInput, info.RedirectStandardOutput) = (true, true);
        var process = Process.Start(info)!;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            return new ChildProcess(process, await process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{name} did not start."));
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>Writes it a line and returns the line that it says next.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        while (said.Reader.TryRead(out _))
        {
            // What it said unasked.
        }
        await process.StandardInput.WriteLineAsync(line.AsMemory(), limit.Token);
        await process.StandardInput.FlushAsync(limit.Token);
        return await said.Reader.WaitToReadAsync(limit.Token) && said.Reader.TryRead(out var answer) ? answer : throw new InvalidOperationException($"It ended when it was asked '{line}'.");
    }

    /// <summary>Ends it as a crash would.</summary>
    public Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        return process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(process);
        await reading;
    }

    // A full pipe would stop it.
    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            said.Writer.TryWrite(line);
        said.Writer.Complete();
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
