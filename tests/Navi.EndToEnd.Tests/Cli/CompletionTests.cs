using System.Diagnostics;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The scripts in the shells they are for.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private Commands cli = null!;
    private string program = "";

    public async ValueTask InitializeAsync()
    {
        cli = await Commands.CreateAsync();
        program = Path.Combine(cli.Directory, "navi");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet exec '{NaviProcess.Program}' \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var shell in new[] { "bash", "zsh" })
            await File.WriteAllTextAsync(Path.Combine(cli.Directory, shell), (await cli.RunAsync(0, "completion", shell)).Output);
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("sus", "suspend")]
    [InlineData("config g", "get")]
    [InlineData("run --mo", "--mode")]
    [InlineData("run --mode d", "deep")]
    [InlineData("models test az", "azure-main")]
    [InlineData("show 0198c1f0-0000-7000-8000-00000000000", ScriptedNavi.TaskId)]
    [InlineData("approve 0198c1f0-0000-7000-8000-0000000000c", ScriptedNavi.CheckpointId)]
    public async Task Bash_Word_IsCompleted(string line, string expected)
    {
        var words = line.Split(' ');
        var script = $"""
            source '{cli.Directory}/bash'
            complete -p navi >&2
            COMP_WORDS=('{program}' {string.Join(' ', words.Select(w => $"'{w}'"))}); COMP_CWORD={words.Length}
            _navi
            printf '%s\n' "$"
            """.Replace("\"$\"", "\"${COMPREPLY[@]}\"", StringComparison.Ordinal);
        Assert.Equal(expected, await RunAsync("bash", "--norc", "-c", script));
    }

    [Fact]
    public async Task Bash_NaviDoesNotAnswer_CompletesWhatItKnows()
    {
        cli.Navi.Down = true;
        Assert.Equal("", await RunAsync("sh", program, "__complete", "--", "show", "0198c1"));
        Assert.Equal("show", await RunAsync("sh", program, "__complete", "--", "sho"));
    }

    [Theory]
    [InlineData("sus", "suspend")]
    [InlineData("run --mode d", "deep")]
    [InlineData("show 0198c1", ScriptedNavi.TaskId)]
    public async Task Zsh_Tab_CompletesTheLine(string typed, string expected)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh") || File.Exists("/bin/zsh"), "zsh is not installed.");
        // A terminal of its own: zsh completes nowhere else.
        var script = $$"""
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell "PS1='ready> '; unsetopt beep; autoload -Uz compinit; compinit -D -u; source '{{cli.Directory}}/zsh'; path=('{{cli.Directory}}' \$path); print lo''aded"
            zpty -r -m shell line '*loaded*'
            zpty -w -n shell $'navi {{typed}}\t'
            zpty -r -m shell line '*{{expected}}*' && print -r -- found
            zpty -d shell
            """;
        Assert.EndsWith("found", await RunAsync("zsh", "-f", "-c", script));
    }

    private async Task<string> RunAsync(string shell, params string[] arguments)
    {
        var info = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = cli.Directory };
        foreach (var (name, value) in cli.Environment)
            info.Environment[name] = value;
        using var process = Process.Start(info)!;
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return output.Trim();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{shell} did not end: {await errors}");
            return "";
        }
    }
}
