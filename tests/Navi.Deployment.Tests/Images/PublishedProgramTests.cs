using System.Diagnostics;
using Navi.DeploymentChecks.Images;
using Navi.Testing;

namespace Navi.Deployment.Tests.Images;

/// <summary>What the Dockerfiles run is run here, on exactly the files that they copy. The Functions image's worker is left out: its packages are not on every feed.</summary>
public sealed class PublishedProgramTests
{
    private static readonly string Images = Path.Combine(SourceTree.Root, "k8s-keda", "images");

    [Fact]
    public async Task Publish_WithWhatIsCopiedAlone_MakesAProgramThatStartsAndThatOnlyItsOwnerCanChange()
    {
        var image = Dockerfile.Read(Path.Combine(Images, "portable.Dockerfile"));
        var step = Assert.Single(PublishStep.In(image));
        using var place = new TemporaryPlace();
        foreach (var source in CopiedFiles.Sources(image))
            CopiedTree.Copy(Path.Combine(SourceTree.Root, source), Path.Combine(place.Root, "source", source));
        var output = Path.Combine(place.Root, "publish");

        var built = await RunAsync(Path.Combine(place.Root, "source"), [.. step.Arguments.Select(a => a == step.Output ? output : a)]);

        Assert.True(built.ExitCode == 0, built.Output);
        var start = Programs.StartOf(image);
        Assert.Equal(["dotnet", "serve"], [start[0], start[^1]]);
        var program = Path.Combine(output, Path.GetRelativePath(image.Of("COPY").Single(c => c.Option("from") is not null).Words[^1], start[1]));
        var version = await RunAsync(place.Root, [program, "--version"]);
        Assert.True(version.ExitCode == 0, version.Output);
        Assert.Matches(@"^\d+\.\d+\.\d+", version.Output);
        Assert.True(File.Exists(Path.Combine(output, "host.json")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(output, "*", SearchOption.AllDirectories), f => (File.GetUnixFileMode(f) & (UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0);
        Assert.DoesNotContain(Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories), f => f.EndsWith(".pdb", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("local.settings", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_OfTheCommandLine_IsTheSameInBothImages()
    {
        var (portable, functions) = (PublishStep.In(Dockerfile.Read(Path.Combine(Images, "portable.Dockerfile"))), PublishStep.In(Dockerfile.Read(Path.Combine(Images, "azure-functions.Dockerfile"))));

        Assert.Equal(portable.Single().Arguments, functions.Single(s => s.Project == portable.Single().Project).Arguments);
        Assert.Contains("-p:NaviHost=AzureFunctions", functions.Single(s => s.Project != portable.Single().Project).Arguments);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string directory, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        // Nothing may go on running that this test did not end; analyzers have judged the sources when they were built here.
        foreach (var (name, value) in new[] { ("MSBUILDDISABLENODEREUSE", "1"), ("UseSharedCompilation", "false"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("DOTNET_NOLOGO", "1"), ("RunAnalyzers", "false") })
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private sealed class TemporaryPlace : IDisposable
    {
        public string Root { get; } = Directory.CreateTempSubdirectory("navi-image-").FullName;

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
