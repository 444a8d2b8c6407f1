using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Sandbox;

public sealed class ToolchainFinderTests
{
    [Fact]
    public async Task Find_SdkInAUsersDirectory_ShowsItsPartsAndNothingElse()
    {
        using var directory = new TempDirectory();
        foreach (var file in new[] { ".dotnet/dotnet", ".dotnet/sdk/10.0.100/a.dll", ".dotnet/shared/a.dll", ".dotnet/host/fxr/a.so", ".dotnet/corefx/cryptography/x509stores/my/key.pfx", ".dotnet/tools/tool" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory[file])!);
            File.WriteAllText(directory[file], "x");
        }

        using var starter = new ProcessStarter();
        var mounts = await new ToolchainFinder(new SandboxOptions(), starter, p => p == "dotnet" ? directory[".dotnet/dotnet"] : null).FindAsync();

        Assert.Equal(
            ["dotnet", "host", "sdk", "shared"],
            mounts.ReadOnly.Select(m => m.Source).Where(s => s.StartsWith(directory.Path, StringComparison.Ordinal)).Select(s => Path.GetRelativePath(directory[".dotnet"], s)).Order());
        Assert.Contains(directory[".dotnet"], mounts.SearchPath);
    }
}
