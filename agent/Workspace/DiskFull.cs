namespace Navi.Agent.Workspace;

/// <summary>Recognises a full disk behind the exceptions of .NET and of libgit2.</summary>
internal static class DiskFull
{
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    public static bool Is(Exception e) =>
        (e is IOException io && io.HResult is NoSpaceLeft or QuotaExceeded)
        || e.Message.Contains("No space left on device", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("Disk quota exceeded", StringComparison.OrdinalIgnoreCase);

    public static WorkspaceException Error(string doing, Exception e) =>
        new("disk_full", $"The workspace's disk is full: {doing} was not finished. Free space there and run the task again.", e);
}
