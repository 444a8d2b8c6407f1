using System.Globalization;

namespace Navi.Agent.Sandbox;

/// <summary>
/// The arguments of bubblewrap (bwrap(1)): no network, own process table, a root of which only the workspace and a private /tmp are
/// writable, the system read-only, nothing of any home directory but toolchains.
/// </summary>
internal static class Bubblewrap
{
    public const string Workspace = "/workspace";
    public const string Home = "/tmp/home";

    private static readonly string[] SystemLinks = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    // Configuration that programs need to run at all; nothing that holds a secret.
    private static readonly string[] Configuration =
    [
        "alternatives", "ca-certificates", "dotnet", "group", "hosts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "maven", "mime.types",
        "nsswitch.conf", "os-release", "passwd", "pki/tls/certs", "protocols", "services", "ssl/certs", "ssl/openssl.cnf", "timezone",
    ];

    public static List<string> Arguments(CommandRequest request, SandboxOptions options, ToolchainMounts toolchains)
    {
        List<string> arguments = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--ro-bind", "/usr", "/usr"];
        foreach (var name in SystemLinks)
            if (new DirectoryInfo("/" + name) is { Exists: true } directory)
                arguments.AddRange(directory.LinkTarget is { } target ? ["--symlink", target, "/" + name] : ["--ro-bind", "/" + name, "/" + name]);
        foreach (var name in Configuration.Concat(JavaConfiguration()))
            arguments.AddRange(["--ro-bind-try", "/etc/" + name, "/etc/" + name]);
        // Read-only: the machine's root, even without capabilities, may otherwise set the kernel's parameters in /proc/sys.
        arguments.AddRange(["--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev"]);
        arguments.AddRange(["--size", options.TemporaryBytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", "/tmp", "--dir", Home]);
        foreach (var (source, target) in toolchains.ReadOnly)
            arguments.AddRange(["--ro-bind-try", source, target]);
        arguments.AddRange(["--bind", request.Directory, Workspace, "--remount-ro", "/", "--chdir"]);
        arguments.Add(request.WorkingDirectory is null ? Workspace : Path.Combine(Workspace, request.WorkingDirectory));
        arguments.Add("--");
        return arguments;
    }

    public static Dictionary<string, string> Environment(ToolchainMounts toolchains, string home, string temporary)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = string.Join(':', [.. toolchains.SearchPath, "/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]),
            ["LANG"] = "C.UTF-8",
            ["HOME"] = home,
            ["TMPDIR"] = temporary,
            ["TERM"] = "dumb",
            ["NO_COLOR"] = "1",
            ["CI"] = "true",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
            ["NuGetAudit"] = "false",
            ["npm_config_update_notifier"] = "false",
            ["npm_config_offline"] = "true",
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PYTHONUNBUFFERED"] = "1",
        };
        foreach (var (name, value) in toolchains.Environment)
            environment[name] = value;
        return environment;
    }

    private static IEnumerable<string> JavaConfiguration() => Directory.Exists("/etc")
        ? Directory.EnumerateDirectories("/etc", "java*").Select(d => Path.GetFileName(d))
        : [];
}
