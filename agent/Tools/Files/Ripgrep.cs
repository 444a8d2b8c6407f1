using System.Diagnostics;
using System.Text;
using Navi.Agent.Sandbox;

namespace Navi.Agent.Tools.Files;

/// <summary>Asks ripgrep which files contain a text. It reads every file as bytes: a byte order mark must not hide one that the tool would find.</summary>
internal class Ripgrep(ProcessStarter starter)
{
    private readonly string? program = HostPrograms.Find("rg");

    /// <summary>Paths relative to the root, ignored files included; null when ripgrep is not there or the text is not the same in every encoding.</summary>
    public virtual async Task<IReadOnlySet<string>?> FilesWithAsync(string root, string text, CancellationToken cancellationToken)
    {
        // Beyond ASCII the bytes depend on the file's encoding, and UTF-16 is left to the tool.
        if (program is null || !Ascii.IsValid(text))
            return null;
        var info = new ProcessStartInfo(program,
            ["--no-config", "--files-with-matches", "--null", "--no-ignore", "--hidden", "--text", "--fixed-strings", "--case-sensitive", "--glob", "!.git", "-e", text, "./"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = await starter.StartAsync(info);
        process.StandardInput.Close();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await errors;
            await process.WaitForExitAsync(cancellationToken);

            // 0: found, 1: nothing found, 2: some file could not be read.
            return process.ExitCode is 0 or 1
                ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(p => p.StartsWith("./", StringComparison.Ordinal) ? p[2..] : p).ToHashSet(StringComparer.Ordinal)
                : null;
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }
}
