namespace Navi.Agent.Workspace;

/// <summary>Where tasks' workspaces are kept, and for how long a clone may take.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Workspace";

    /// <summary>Absolute directory that holds one folder per task. Required; created, for this user alone, when it does not exist.</summary>
    public string Root { get; set; } = "";

    /// <summary>Wall-clock bound of a clone and of a push. Default: 10 minutes.</summary>
    public TimeSpan TransferTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many left-out paths of a dirty source are listed; the rest is only counted. Default: 50.</summary>
    public int LeftOutLimit { get; set; } = 50;

    /// <summary>Free space, in MB, below which the disk of <see cref="Root"/> counts as missing for <c>/readyz</c>. Default: 512.</summary>
    public int MinimumFreeMegabytes { get; set; } = 512;
}
