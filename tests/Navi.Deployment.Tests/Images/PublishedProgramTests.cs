using Navi.DeploymentChecks.Images;

namespace Navi.Deployment.Tests.Images;

/// <summary>What the Dockerfiles run is run here, on exactly the files that they copy. The Functions image's worker is left out: its packages are not on every feed.</summary>
[Collection(PublishedImageGroup.Name)]
public sealed class PublishedProgramTests(PublishedImage image)
{
    [Fact]
    public async Task Publish_WithWhatIsCopiedAlone_MakesAProgramThatStartsAndThatOnlyItsOwnerCanChange()
    {
        var start = Programs.StartOf(image.Dockerfile);
        Assert.Equal(["dotnet", "serve"], [start[0], start[^1]]);
        var program = Path.Combine(image.Output, Path.GetRelativePath(image.Place, start[1]));
        var version = await PublishedImage.DotnetAsync(image.Output, [program, "--version"]);
        Assert.True(version.ExitCode == 0, version.Output);
        Assert.Matches($@"^\d+\.\d+\.\d+\+{PublishedImage.Revision}$", version.Output.Trim());
        Assert.True(File.Exists(Path.Combine(image.Output, "host.json")));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(image.Output, "*", SearchOption.AllDirectories), f => (File.GetUnixFileMode(f) & (UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0);
        Assert.DoesNotContain(Directory.EnumerateFiles(image.Output, "*", SearchOption.AllDirectories), f => f.EndsWith(".pdb", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("local.settings", StringComparison.Ordinal));
    }

    [Fact]
    public void Publish_OfTheCommandLine_IsTheSameInBothImages()
    {
        var (portable, functions) = (PublishStep.In(image.Dockerfile), PublishStep.In(Dockerfile.Read(Path.Combine(PublishedImage.Images, "azure-functions.Dockerfile"))));

        Assert.Equal(portable.Single().Arguments, functions.Single(s => s.Project == portable.Single().Project).Arguments);
        Assert.Contains("-p:NaviHost=AzureFunctions", functions.Single(s => s.Project != portable.Single().Project).Arguments);
    }
}
