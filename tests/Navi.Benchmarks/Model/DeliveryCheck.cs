using System.Diagnostics;
using Navi.Benchmarks.Model.Kinds;

namespace Navi.Benchmarks.Model;

/// <summary>Looks at a delivered branch from outside: the repository's own tests, the files that had to stay, and the kind's check. What runs there was written by a model, so it runs in a sandbox without network.</summary>
internal static class DeliveryCheck
{
    private const string Checking = "check_delivery.py";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Null when the branch is what was asked for, else what is wrong, in one line.</summary>
    public static async Task<string?> FaultAsync(string repository, string branch, TaskKind kind, string directory, CancellationToken cancellation)
    {
        var (code, said) = await RunAsync("git", ["clone", "-q", "--no-hardlinks", "--single-branch", "--branch", branch, repository, directory], cancellation);
        if (code != 0)
            return $"There is no branch {branch}: {said}";
        foreach (var file in kind.Untouched)
        {
            if (!File.Exists(Path.Combine(directory, file)) || await File.ReadAllTextAsync(Path.Combine(directory, file), cancellation) != kind.Files[file])
                return $"{file} had to stay as it was.";
        }
        (code, said) = await SandboxedAsync(directory, ["-m", "unittest", "-q"], cancellation);
        if (code != 0)
            return $"Its own tests fail: {said}";
        await File.WriteAllTextAsync(Path.Combine(directory, Checking), kind.Check, cancellation);
        (code, said) = await SandboxedAsync(directory, [Checking], cancellation);
        return code == 0 ? null : $"It is not what was asked: {said}";
    }

    private static Task<(int Code, string Said)> SandboxedAsync(string directory, IEnumerable<string> python, CancellationToken cancellation) => RunAsync(
        "bwrap",
        ["--unshare-all", "--die-with-parent", "--new-session", "--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "PYTHONDONTWRITEBYTECODE", "1", "--ro-bind", "/usr", "/usr",
            "--ro-bind-try", "/lib", "/lib", "--ro-bind-try", "/lib64", "/lib64", "--ro-bind-try", "/bin", "/bin", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives", "--dev", "/dev", "--tmpfs", "/tmp",
            "--bind", directory, "/work", "--chdir", "/work", "python3", .. python],
        cancellation);

    private static async Task<(int Code, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, $"{said[0]}\n{said[1]}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? $"exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{program} did not end within {Patience.TotalSeconds:0} s.");
        }
    }
}
