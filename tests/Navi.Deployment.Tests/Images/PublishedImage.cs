using System.Diagnostics;
using Navi.DeploymentChecks.Images;
using Navi.Testing;

namespace Navi.Deployment.Tests.Images;

/// <summary>What the portable image would hold: published once for all tests, by the Dockerfile's own command, of exactly the files that it copies.</summary>
public sealed class PublishedImage : IAsyncLifetime
{
    internal static readonly string Images = Path.Combine(SourceTree.Root, "k8s-keda", "images");

    /// <summary>The commit that the build is told.</summary>
    internal const string Revision = "0123456789abcdef0123456789abcdef01234567";

    private readonly string root = Directory.CreateTempSubdirectory("navi-image-").FullName;

    internal Dockerfile Dockerfile { get; } = Dockerfile.Read(Path.Combine(Images, "portable.Dockerfile"));

    /// <summary>Where it was published to.</summary>
    internal string Output => Path.Combine(root, "publish");

    /// <summary>Where the image has it.</summary>
    internal string Place => Dockerfile.Of("COPY").Single(c => c.Option("from") is not null).Words[^1];

    public async ValueTask InitializeAsync()
    {
        // As an image's layers are, for every user.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var step = PublishStep.In(Dockerfile).Single();
        var source = Path.Combine(root, "source");
        foreach (var copied in CopiedFiles.Sources(Dockerfile))
            CopiedTree.Copy(Path.Combine(SourceTree.Root, copied), Path.Combine(source, copied));
        var built = await DotnetAsync(source, [.. step.Arguments.Select(a => a == step.Output ? Output : a.Replace("${REVISION}", Revision, StringComparison.Ordinal))]);
        Assert.True(built.ExitCode == 0, built.Output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal static async Task<(int ExitCode, string Output)> DotnetAsync(string directory, IReadOnlyList<string> arguments)
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
}
