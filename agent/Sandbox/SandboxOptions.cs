namespace Navi.Agent.Sandbox;

/// <summary>How commands are run. Limits hold per process unless said otherwise.</summary>
public sealed class SandboxOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Sandbox";

    /// <summary>Program name or path of bubblewrap. Default: bwrap.</summary>
    public string Bubblewrap { get; set; } = "bwrap";

    /// <summary>
    /// Run commands without a sandbox where bubblewrap does not work. Default: false, commands are refused. When true, a command sees the
    /// network and every file of this process's user; the environment is still scrubbed.
    /// </summary>
    public bool AllowUnsandboxed { get; set; }

    /// <summary>More absolute paths that commands may read, for toolchains that are not found by themselves.</summary>
    public IList<string> ReadOnlyPaths { get; } = [];

    /// <summary>Bytes of writable memory of one process (RLIMIT_DATA). Default: 4 GiB.</summary>
    public long MemoryBytes { get; set; } = 4L << 30;

    /// <summary>Processes and threads of the user (RLIMIT_NPROC; the kernel exempts the machine's root). Default: 4,096.</summary>
    public int Processes { get; set; } = 4096;

    /// <summary>Bytes of one file that a command writes. Default: 2 GiB.</summary>
    public long FileBytes { get; set; } = 2L << 30;

    /// <summary>Open files. Default: 4,096.</summary>
    public int OpenFiles { get; set; } = 4096;

    /// <summary>Bytes of the private /tmp, which holds HOME; shared by the command's processes. Default: 1 GiB.</summary>
    public long TemporaryBytes { get; set; } = 1L << 30;
}
