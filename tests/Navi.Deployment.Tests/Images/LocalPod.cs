using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Kubernetes;

namespace Navi.Deployment.Tests.Images;

/// <summary>
/// A pod of a manifest on this machine: the image's program in a file system of its own, and the pod's volumes as the kubelet makes them. What lies below /usr is this machine's and not that of the image that ours
/// is built from.
/// </summary>
internal sealed class LocalPod : IDisposable
{
    private static readonly string[] SystemLinks = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];
    private static readonly string[] Devices = ["null", "zero", "full", "random", "urandom"];
    private static readonly string[] Configuration = ["alternatives", "ld.so.cache", "ssl"];

    private readonly string place = Directory.CreateTempSubdirectory("navi-pod-").FullName;
    private readonly JsonNode pod;
    // What is mounted read-only and never changes: the system, and the program.
    private readonly List<(string From, string To)> system = [];

    /// <param name="pod">The pod's specification.</param>
    /// <param name="secrets">The secrets by name, each with its files.</param>
    public LocalPod(JsonNode pod, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> secrets)
    {
        this.pod = pod;
        File.SetUnixFileMode(place, Permissions.Everybody);
        MakeRoot();
        foreach (var volume in pod.List("volumes"))
        {
            var directory = Directory.CreateDirectory(Volume(volume.Text("name")!)).FullName;
            foreach (var (name, text) in volume.Text("secret", "secretName") is { } secret ? secrets[secret] : new Dictionary<string, string>())
            {
                File.WriteAllText(Path.Combine(directory, name), text);
                File.SetUnixFileMode(Path.Combine(directory, name), UnixFileMode.UserRead | UnixFileMode.GroupRead);
            }
            // As the kubelet makes them: root's; an emptyDir is everybody's, any other is its group's, too.
            File.SetUnixFileMode(directory, Permissions.Everybody | UnixFileMode.GroupWrite | (volume.At("emptyDir") is null ? UnixFileMode.SetGroup : UnixFileMode.OtherWrite));
            Permissions.GiveToGroup(directory, User.Group);
        }
    }

    /// <summary>Who the processes are.</summary>
    public (int Id, int Group) User => (pod.Number("securityContext", "runAsUser")!.Value, pod.Number("securityContext", "runAsGroup")!.Value);

    public string DotnetRoot { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    public string Root => Path.Combine(place, "root");

    /// <summary>Where a volume lies on this machine.</summary>
    public string Volume(string name) => Path.Combine(place, "volumes", name);

    /// <summary>Puts a file or directory of this machine where every container sees it, for reading.</summary>
    public void Show(string from, string to)
    {
        MakeMountPoint(to, Directory.Exists(from));
        system.Add((from, to));
    }

    /// <summary>Starts one of the pod's containers.</summary>
    public LocalContainer Start(JsonNode container, IReadOnlyDictionary<string, string> environment)
    {
        var mounts = container.List("volumeMounts").Select(m => (From: Volume(m.Text("name")!), To: m.Text("mountPath")!, ReadOnly: m.Flag("readOnly") ?? false)).ToList();
        foreach (var (_, to, _) in mounts)
            MakeMountPoint(to, true);
        Assert.True(container.Flag("securityContext", "readOnlyRootFilesystem"), "The manifest lets the container write to its root; here it can't.");
        List<string> arguments = ["--die-with-parent", "--new-session", "--unshare-net", "--unshare-ipc", "--unshare-pid", "--clearenv", "--ro-bind", Root, "/", "--proc", "/proc"];
        foreach (var (from, to) in system)
            arguments.AddRange(["--ro-bind", from, to]);
        foreach (var device in Devices.Select(d => "/dev/" + d))
            arguments.AddRange(["--dev-bind", device, device]);
        foreach (var (from, to, readOnly) in mounts)
            arguments.AddRange([readOnly ? "--ro-bind" : "--bind", from, to]);
        foreach (var (name, value) in environment.Append(KeyValuePair.Create("PATH", $"{DotnetRoot}:/usr/local/bin:/usr/bin:/bin")))
            arguments.AddRange(["--setenv", name, value]);
        return LocalContainer.Start(arguments, [.. container.List("command").Select(w => w.Text()!)], User);
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private void MakeRoot()
    {
        foreach (var name in (string[])["proc", "dev", "etc"])
            Directory.CreateDirectory(Path.Combine(Root, name));
        foreach (var name in SystemLinks)
        {
            if (new DirectoryInfo("/" + name) is { Exists: true } directory && directory.LinkTarget is { } target)
                Directory.CreateSymbolicLink(Path.Combine(Root, name), target);
            else if (Directory.Exists("/" + name))
                Show("/" + name, "/" + name);
        }
        Show("/usr", "/usr");
        if (!DotnetRoot.StartsWith("/usr/", StringComparison.Ordinal))
            Show(DotnetRoot, DotnetRoot);
        foreach (var file in Configuration.Select(c => "/etc/" + c).Where(Path.Exists))
            Show(file, file);
        foreach (var device in Devices)
            File.WriteAllText(Path.Combine(Root, "dev", device), "");
        File.WriteAllText(Path.Combine(Root, "etc", "passwd"), $"navi:x:{User.Id}:{User.Group}::/tmp:/usr/sbin/nologin\n");
    }

    private void MakeMountPoint(string path, bool directory)
    {
        var inside = Root + path;
        if (directory)
            Directory.CreateDirectory(inside);
        else if (!File.Exists(inside))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(inside)!);
            File.WriteAllText(inside, "");
        }
    }
}
