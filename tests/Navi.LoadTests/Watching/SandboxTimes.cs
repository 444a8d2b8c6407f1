using System.Runtime.InteropServices;

namespace Navi.LoadTests.Watching;

/// <summary>
/// Processor time of sandboxed commands. Bubblewrap's outer process ends without waiting for the first process of the sandbox, so the time of the command reaches nobody's account. This process therefore
/// becomes the one that such orphans fall to (prctl(2), PR_SET_CHILD_SUBREAPER), reads their times and lets them go.
/// </summary>
internal static class SandboxTimes
{
    private const int SetChildSubreaper = 36;
    private const int NoHang = 1;
    private const string Name = "(bwrap)";
    private static readonly Lock Access = new();
    private static double seconds;

    /// <summary>From now on orphans fall to this process.</summary>
    /// <exception cref="InvalidOperationException">The system refuses.</exception>
    public static void Begin()
    {
        if (Prctl(SetChildSubreaper, 1, 0, 0, 0) != 0)
            throw new InvalidOperationException($"prctl: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Seconds of processor of all sandboxes that have ended since <see cref="Begin"/>.</summary>
    public static double Seconds()
    {
        lock (Access)
        {
            foreach (var id in ProcessTimes.ChildrenOf(Environment.ProcessId))
            {
                if (ProcessTimes.Ended(id, Name) is not { } time)
                    continue;
                seconds += time;
                _ = WaitPid(id, 0, NoHang);
            }
            return seconds;
        }
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WaitPid(int process, nint status, int options);
}
