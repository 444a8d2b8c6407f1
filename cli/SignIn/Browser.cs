using System.Diagnostics;

namespace Navi.Cli.SignIn;

/// <summary>The person's browser, when there is one.</summary>
internal static class Browser
{
    /// <summary>Opens the address; does nothing where no desktop is, or when it is no web address.</summary>
    public static void TryOpen(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return;
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DISPLAY") is null && Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is null)
            return;
        try
        {
            using var opened = Process.Start(new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [uri.AbsoluteUri]) { RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            // The address is on the screen already.
        }
    }
}
