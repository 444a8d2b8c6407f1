using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>Tells failures of a file operation that the model can avoid, by another path or mode, from those of the machine.</summary>
internal static class FileError
{
    // ENXIO, ENOMEM, ENFILE, EMFILE, ESTALE and EIO: the same call may succeed later, whatever the model does.
    private static readonly int[] Machine = [5, 6, 12, 23, 24, 116];

    /// <summary>What to tell the model, the directory shown by the name it knows; null for everything else.</summary>
    public static string? Of(Exception e, string directory)
    {
        var avoidable = e is UnauthorizedAccessException || (e is IOException && !DiskFull.Is(e) && !Machine.Contains(e.HResult));
        // Without the directory itself every path fails.
        return avoidable && Directory.Exists(directory) ? e.Message.Replace(directory, PathGuard.SandboxRoot, StringComparison.Ordinal) : null;
    }
}
