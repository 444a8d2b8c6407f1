namespace Navi.Agent.Sandbox;

/// <summary>
/// Finds where the machine's toolchains really live: version managers keep them under a home directory, behind shims. Exactly their
/// installation prefixes and package caches are shown to commands, read-only; never the home directory, which holds credentials.
/// </summary>
internal sealed class ToolchainFinder(SandboxOptions options, ProcessStarter starter, Func<string, string?>? find = null)
{
    private const string Home = Bubblewrap.Home;

    // The question makes a shim name its real installation; without one, links are followed.
    private static readonly (string Program, string[] Question, bool AnswerIsPrefix)[] Known =
    [
        ("python3", ["-c", "import sys; print(sys.base_prefix)"], true),
        ("node", ["-p", "process.execPath"], false),
        ("rustc", ["--print", "sysroot"], true),
        ("go", ["env", "GOROOT"], true),
        ("dotnet", [], false),
        ("java", [], false),
        ("mvn", [], false),
        ("gradle", [], false),
        ("ruby", ["-e", "print RbConfig.ruby"], false),
        ("php", ["-r", "echo PHP_BINARY;"], false),
    ];

    // An SDK's own entries. In a user's ~/.dotnet it shares the directory with global tools, certificates and their private keys.
    private static readonly string[] DotnetParts = ["dotnet", "sdk", "sdk-manifests", "shared", "host", "packs", "templates", "library-packs"];

    private readonly Func<string, string?> find = find ?? HostPrograms.Find;
    private readonly List<(string Source, string Target)> mounts = [];
    private readonly List<string> searchPath = [];
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public async Task<ToolchainMounts> FindAsync()
    {
        foreach (var (program, question, answerIsPrefix) in Known)
            if (find(program) is { } found && !IsSystem(HostPrograms.RealPath(found)))
                await AddAsync(program, found, question, answerIsPrefix);
        AddCaches();
        if (find("go") is { } go && await HostPrograms.AskAsync(starter, go, "env", "GOMODCACHE") is { Length: > 0 } modules)
            Cache(modules, Home + "/go/pkg/mod");
        foreach (var path in options.ReadOnlyPaths)
            Mount(path, path);
        return new(mounts, searchPath, environment);
    }

    private async Task AddAsync(string program, string found, string[] question, bool answerIsPrefix)
    {
        var answer = question.Length == 0 ? HostPrograms.RealPath(found) : await HostPrograms.AskAsync(starter, found, question);
        if (answer is null || !Path.IsPathFullyQualified(answer))
            return;
        var real = HostPrograms.RealPath(answer);
        var directory = answerIsPrefix ? real : Path.GetDirectoryName(real)!;
        var prefix = !answerIsPrefix && Path.GetFileName(directory) == "bin" ? Path.GetDirectoryName(directory)! : directory;
        if (IsSystem(prefix) || IsHomeOrAbove(prefix) || !Directory.Exists(prefix))
            return;
        if (program == "dotnet")
            foreach (var part in DotnetParts.Select(p => Path.Combine(prefix, p)).Where(Path.Exists))
                Mount(part, part);
        else
            Mount(prefix, prefix);
        var bin = Path.Combine(prefix, "bin");
        searchPath.Add(Directory.Exists(bin) ? bin : directory);
    }

    private void AddCaches()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Cache(Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget/packages"), Home + "/.nuget/packages");
        Cache(Path.Combine(home, ".npm/_cacache"), Home + "/.npm/_cacache");
        var cargo = Environment.GetEnvironmentVariable("CARGO_HOME") ?? Path.Combine(home, ".cargo");
        Cache(Path.Combine(cargo, "registry"), Home + "/.cargo/registry");
        Cache(Path.Combine(cargo, "git"), Home + "/.cargo/git");
        Cache(Path.Combine(home, ".m2/repository"), Home + "/.m2/repository");
        environment["CARGO_HOME"] = Home + "/.cargo";
        environment["CARGO_NET_OFFLINE"] = "true";
        environment["GOPATH"] = Home + "/go";
        environment["GOPROXY"] = "off";
        environment["GOFLAGS"] = "-mod=mod";
        environment["GOTOOLCHAIN"] = "local";
        // Java takes the home directory from the password file, not from HOME.
        environment["MAVEN_OPTS"] = $"-Duser.home={Home} -Dmaven.repo.local={Home}/.m2/repository";
        environment["GRADLE_USER_HOME"] = Home + "/.gradle";
    }

    private void Cache(string source, string target)
    {
        if (Path.IsPathFullyQualified(source) && Directory.Exists(source))
            Mount(HostPrograms.RealPath(source), target);
    }

    private void Mount(string source, string target)
    {
        if (!mounts.Contains((source, target)))
            mounts.Add((source, target));
    }

    private static bool IsSystem(string path) =>
        path is "/usr" || new[] { "/usr/", "/bin/", "/lib/", "/lib64/", "/sbin/" }.Any(p => path.StartsWith(p, StringComparison.Ordinal));

    private static bool IsHomeOrAbove(string prefix)
    {
        var home = HostPrograms.RealPath(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return prefix == "/" || home == prefix || home.StartsWith(prefix + "/", StringComparison.Ordinal);
    }
}
