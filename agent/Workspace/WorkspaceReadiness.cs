using Microsoft.Extensions.Options;
using Navi.Platform.Hosting.Readiness;

namespace Navi.Agent.Workspace;

/// <summary>The directory of the workspaces can be written to and has room.</summary>
internal sealed class WorkspaceReadiness(IOptions<WorkspaceOptions> options) : IReadinessCheck
{
    // Enough that a file system must find a block for it: a full one still takes empty files.
    private static readonly byte[] Something = new byte[4096];

    private readonly Lock exchange = new();
    private Task<string?>? running;

    public string Name => "disk";

    // File systems that hang take no cancellation: the caller's time limit leaves the thread behind, so there is never more than one.
    public Task<string?> ProblemAsync(CancellationToken cancellation)
    {
        lock (exchange)
        {
            if (running is not { IsCompleted: false })
                running = Task.Run(Problem, CancellationToken.None);
            return running.WaitAsync(cancellation);
        }
    }

    private string? Problem()
    {
        var root = options.Value.Root;
        var file = Path.Combine(root, $".ready-{Guid.NewGuid():n}");
        try
        {
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var probe = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            probe.Write(Something);
            probe.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiskFull.Is(e) ? "The disk of the workspaces is full." : "The directory of the workspaces can't be written to.";
        }
        var free = new DriveInfo(root).AvailableFreeSpace >> 20;
        return free < options.Value.MinimumFreeMegabytes ? $"The disk of the workspaces has {free} MB free; {options.Value.MinimumFreeMegabytes} are needed." : null;
    }
}
