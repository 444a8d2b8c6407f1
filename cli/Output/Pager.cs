using System.Diagnostics;

namespace Navi.Cli.Output;

/// <summary>Shows long texts through the person's pager.</summary>
internal static class Pager
{
    /// <returns>False when there is no such program; nothing was shown then.</returns>
    public static async Task<bool> ShowAsync(string command, Action<Screen> write, bool colors, CancellationToken cancellation)
    {
        if (command.Trim() == "cat")
            return false;
        // A shell, because PAGER is a command line of its own.
        var start = new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardInput = true };
        start.Environment["LESS"] = Environment.GetEnvironmentVariable("LESS") ?? "FRX";
        using var pager = Start(start);
        if (pager is null)
            return false;
        try
        {
            await using var input = pager.StandardInput;
            write(new Screen(input, terminal: colors, wrap: false));
        }
        catch (IOException)
        {
            // The person left the pager before its end.
        }
        await pager.WaitForExitAsync(cancellation);
        // 127: the shell found no such program, so nobody has seen anything.
        return pager.ExitCode != 127;
    }

    private static Process? Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
