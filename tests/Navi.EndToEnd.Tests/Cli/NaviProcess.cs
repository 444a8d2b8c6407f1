using System.Diagnostics;
using System.Text;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The built command as a process of its own, with an environment of its own.</summary>
internal sealed class NaviProcess : IAsyncDisposable
{
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();
    private readonly Process process;

    private NaviProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(error, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static string Program => Path.Combine(AppContext.BaseDirectory, "navi.dll");

    public int Pid => process.Id;

    public bool HasExited => process.HasExited;

    public string Output => Read(output);

    public string Error => Read(error);

    public static NaviProcess Start(IReadOnlyDictionary<string, string> environment, string directory, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", Program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = directory,
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("NAVI_", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return new NaviProcess(Process.Start(info)!);
    }

    /// <summary>Types a line; the input stays open.</summary>
    public Task TypeAsync(string line) => process.StandardInput.WriteLineAsync(line);

    /// <summary>Types without an end of line.</summary>
    public Task WriteAsync(string text) => process.StandardInput.WriteAsync(text);

    public void EndInput() => process.StandardInput.Close();

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"navi did not end. It printed: {Output}{Environment.NewLine}{Error}");
        }
        return process.ExitCode;
    }

    public Task PrintsAsync(string text) => Eventually.HoldsAsync(() => Output.Contains(text, StringComparison.Ordinal), () => $"'{text}' in: {Output} {Error}");

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
            text.AppendLine(line);
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
