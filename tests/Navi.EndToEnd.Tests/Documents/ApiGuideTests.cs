using System.Diagnostics;
using System.Text.RegularExpressions;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Documents;

/// <summary>The commands of docs/API.md, run as they stand there.</summary>
public sealed partial class ApiGuideTests
{
    [Fact]
    public async Task Example_RunWordForWord_EndsInABranch()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var example = Example().Match(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "API.md"))).Groups["commands"].Value;
        var info = new ProcessStartInfo("bash", ["-eu", "-o", "pipefail", "-c", example]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["NAVI"] = up.Http.BaseAddress!.ToString().TrimEnd('/');
        info.Environment["TOKEN"] = up.Http.DefaultRequestHeaders.Authorization!.Parameter;
        info.Environment["REPOSITORY"] = repository;

        using var shell = Process.Start(info)!;
        using var limit = new CancellationTokenSource(Wait.Patience);
        var said = await Task.WhenAll(shell.StandardOutput.ReadToEndAsync(limit.Token), shell.StandardError.ReadToEndAsync(limit.Token));
        await shell.WaitForExitAsync(limit.Token);

        Assert.True(shell.ExitCode == 0, string.Concat(said));
        Assert.Contains("+def sum_numbers", said[0]);
        Assert.Matches($"completed: branch {Repositories.NaviBranch(repository)} at [0-9a-f]{{40}}", said[0]);
    }

    [GeneratedRegex(@"^```sh\n(?<commands>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Example();
}
