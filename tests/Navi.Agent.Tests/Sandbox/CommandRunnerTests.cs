using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Sandbox;

public sealed class CommandRunnerTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly AgentHands hands = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Command_SeesItsDirectoryAndBothStreamsInOrder()
    {
        File.WriteAllText(directory["a.txt"], "content\n");
        var outcome = await RunAsync("pwd; cat a.txt; echo oops >&2; echo last; exit 3");
        Assert.Equal("/workspace\ncontent\noops\nlast\n", outcome.Output);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal("bubblewrap", outcome.Sandbox);
        Assert.False(outcome.Succeeded);
    }

    [Fact]
    public async Task Run_WritesInItsDirectoryAndTmp_OnlyTheDirectoryStays()
    {
        var outcome = await RunAsync("echo x > made.txt && echo y > /tmp/navi-sandbox-proof && echo z > $HOME/h && cat /tmp/navi-sandbox-proof");
        Assert.True(outcome.Succeeded, outcome.Output);
        Assert.Equal("x\n", File.ReadAllText(directory["made.txt"]));
        Assert.False(File.Exists("/tmp/navi-sandbox-proof"));
    }

    [Theory]
    [InlineData("echo x > /usr/navi-proof")]
    [InlineData("echo x > /etc/navi-proof")]
    [InlineData("echo x > /navi-proof")]
    [InlineData("echo x > /workspace/../navi-proof")]
    [InlineData("mkdir /root/navi-proof")]
    public async Task Run_WriteOutside_Fails(string command)
    {
        var outcome = await RunAsync(command);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.False(File.Exists("/usr/navi-proof") || File.Exists("/etc/navi-proof") || File.Exists("/navi-proof"));
    }

    [Fact]
    public async Task Run_KernelParameters_CannotBeOpenedForWriting()
    {
        // Opened for append and closed; nothing is written.
        var outcome = await RunAsync("for f in /proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches /proc/sysrq-trigger; do (: >> $f) 2>/dev/null && echo \"opened $f\"; done; cat /proc/sys/kernel/ostype");
        Assert.Equal("Linux\n", outcome.Output);
    }

    [Fact]
    public async Task Run_FilesOfTheMachine_AreNotThere()
    {
        var secret = directory["secret.txt"];
        File.WriteAllText(secret, "navi-secret-value");
        var inner = Directory.CreateDirectory(directory["inner"]).FullName;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

        var outcome = await hands.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell($"cat {secret} ../secret.txt /etc/shadow {hands.Root}/* {home}/.bashrc {home}/.ssh/* /proc/1/root{secret}; ls -A {home} 2>/dev/null | grep -vE '^[.](pyenv|rustup|cargo|dotnet|nvm)$'; ls /var /home /opt", inner, TimeSpan.FromSeconds(20)), Stop);

        Assert.DoesNotContain("navi-secret-value", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", outcome.Output, StringComparison.Ordinal);
        Assert.All(outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line =>
            Assert.True(line.Contains("No such file", StringComparison.Ordinal) || line.Contains("Permission denied", StringComparison.Ordinal) || line.Contains("cannot access", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task Run_EnvironmentOfTheProcess_IsNotVisible()
    {
        Environment.SetEnvironmentVariable("NAVI_TEST_SECRET", "navi-secret-value");
        try
        {
            var outcome = await RunAsync("env; cat /proc/*/environ | tr '\\0' '\\n'; ls /proc | grep -c '^[0-9]'");
            Assert.DoesNotContain("navi-secret-value", outcome.Output, StringComparison.Ordinal);
            Assert.Contains("HOME=/tmp/home", outcome.Output, StringComparison.Ordinal);
            Assert.InRange(int.Parse(outcome.Output.TrimEnd().Split('\n')[^1]), 1, 10);
        }
        finally
        {
            Environment.SetEnvironmentVariable("NAVI_TEST_SECRET", null);
        }
    }

    [Fact]
    public async Task Run_Network_IsNotThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var line = $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{port} && echo connected'; getent hosts example.com && echo resolved; ls /sys/class/net 2>/dev/null";

        var outcome = await RunAsync(line);

        Assert.DoesNotContain("connected", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("resolved", outcome.Output, StringComparison.Ordinal);
        Assert.False(listener.Pending());

        // The same line does connect where there is no sandbox, or the test would prove nothing.
        using var open = new AgentHands(o => (o.Bubblewrap, o.AllowUnsandboxed) = ("/nonexistent/bwrap", true));
        var free = await open.Get<CommandRunner>().RunAsync(CommandRequest.Shell(line, directory.Path, TimeSpan.FromSeconds(20)), Stop);
        Assert.Contains("connected", free.Output, StringComparison.Ordinal);
        Assert.Equal("none", free.Sandbox);
    }

    [Fact]
    public async Task Run_Timeout_KillsEverything()
    {
        var outcome = await RunAsync("(while :; do date +%s%N > beat; sleep 0.05; done) & sleep 600", seconds: 1);
        Assert.True(outcome.TimedOut);
        Assert.False(outcome.Cancelled);
        await StillAsync();
    }

    [Fact]
    public async Task Run_Cancelled_KillsEverything()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = hands.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("(while :; do date +%s%N > beat; sleep 0.05; done) & sleep 600", directory.Path, TimeSpan.FromMinutes(2)), cancel.Token);
        await PollAsync(() => File.Exists(directory["beat"]));
        await cancel.CancelAsync();
        var outcome = await running;
        Assert.True(outcome.Cancelled);
        Assert.False(outcome.TimedOut);
        await StillAsync();
    }

    [Fact]
    public async Task Run_BackgroundChild_IsDeadAfterwards()
    {
        var outcome = await RunAsync("setsid nohup sh -c 'while :; do date +%s%N > beat; sleep 0.05; done' >/dev/null 2>&1 & while [ ! -s beat ]; do sleep 0.05; done; echo done");
        Assert.Equal("done\n", outcome.Output);
        await StillAsync();
    }

    [Fact]
    public async Task Run_UnsandboxedBackgroundChild_IsDeadAfterwards()
    {
        using var open = new AgentHands(o => (o.Bubblewrap, o.AllowUnsandboxed) = ("/nonexistent/bwrap", true));
        var outcome = await open.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("sh -c 'while :; do date +%s%N > beat; sleep 0.05; done' & while [ ! -s beat ]; do sleep 0.05; done; echo done", directory.Path, TimeSpan.FromSeconds(20)), Stop);
        Assert.Equal("done\n", outcome.Output);
        await StillAsync();
    }

    [Fact]
    public async Task Run_UnsandboxedWhenItsStarterDies_DiesToo()
    {
        if (HostPrograms.Find("setpriv") is null)
            Assert.Skip("Needs setpriv.");
        using var starter = new ProcessStarter();
        using var open = new AgentHands(o => (o.Bubblewrap, o.AllowUnsandboxed) = ("/nonexistent/bwrap", true), s => s.AddSingleton(starter));
        var running = open.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("while :; do date +%s%N > beat; sleep 0.05; done", directory.Path, TimeSpan.FromSeconds(60)), Stop);
        await PollAsync(() => File.Exists(directory["beat"]));

        // The kernel tells a child of the end of the thread that started it, as it does when the whole process ends.
        starter.Dispose();

        var outcome = await running;
        Assert.False(outcome.TimedOut);
        Assert.Equal(137, outcome.ExitCode);
        await StillAsync();
    }

    [Fact]
    public async Task Run_WithoutBubblewrap_IsRefusedWithTheReason()
    {
        using var closed = new AgentHands(o => o.Bubblewrap = "/nonexistent/bwrap");
        var outcome = await closed.Get<CommandRunner>().RunAsync(CommandRequest.Shell("echo x > made.txt", directory.Path, TimeSpan.FromSeconds(5)), Stop);
        Assert.Contains("/nonexistent/bwrap", outcome.Refused, StringComparison.Ordinal);
        Assert.Contains("AllowUnsandboxed", outcome.Refused, StringComparison.Ordinal);
        Assert.False(outcome.Succeeded);
        Assert.False(File.Exists(directory["made.txt"]));
    }

    [Fact]
    public async Task Run_BubblewrapInstalledAfterARefusal_IsUsed()
    {
        using var late = new AgentHands(o => o.Bubblewrap = directory["late-bwrap"]);
        var request = CommandRequest.Shell("echo ran", directory.Path, TimeSpan.FromSeconds(20));
        Assert.NotNull((await late.Get<CommandRunner>().RunAsync(request, Stop)).Refused);
        File.CreateSymbolicLink(directory["late-bwrap"], HostPrograms.Find("bwrap")!);
        Assert.Equal("ran\n", (await late.Get<CommandRunner>().RunAsync(request, Stop)).Output);
        Assert.Equal("bubblewrap", (await late.Get<CommandRunner>().ProbeAsync()).Sandbox);
    }

    [Fact]
    public async Task Run_OutputFlood_KeepsHeadAndTail()
    {
        var outcome = await hands.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("echo first; head -c 200000000 /dev/zero | tr '\\0' x; echo; echo last", directory.Path, TimeSpan.FromSeconds(60)) with { OutputLimitBytes = 10_000 }, Stop);
        Assert.StartsWith("first\nxxx", outcome.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nlast\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("bytes of output left out", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(outcome.Output.Length, 9_000, 11_000);
    }

    [Fact]
    public async Task Run_MemoryAndFileLimits_Hold()
    {
        using var tight = new AgentHands(o => (o.MemoryBytes, o.FileBytes) = (200L << 20, 1L << 20));
        var memory = await tight.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("perl -e '$x = \"x\" x (500 * 1024 * 1024); print length $x'", directory.Path, TimeSpan.FromSeconds(30)), Stop);
        Assert.NotEqual(0, memory.ExitCode);
        Assert.Contains("Out of memory", memory.Output, StringComparison.OrdinalIgnoreCase);
        var file = await tight.Get<CommandRunner>().RunAsync(CommandRequest.Shell("head -c 5000000 /dev/zero > big", directory.Path, TimeSpan.FromSeconds(30)), Stop);
        Assert.NotEqual(0, file.ExitCode);
        Assert.InRange(new FileInfo(directory["big"]).Length, 0, 1L << 20);
    }

    [Fact]
    public async Task Run_PrivateTmpFull_FailsOnlyTheCommand()
    {
        using var tight = new AgentHands(o => o.TemporaryBytes = 1 << 20);
        var outcome = await tight.Get<CommandRunner>().RunAsync(CommandRequest.Shell("head -c 5000000 /dev/zero > /tmp/big", directory.Path, TimeSpan.FromSeconds(30)), Stop);
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.Contains("No space left", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StandardInput_IsEmpty() => Assert.Equal("end\n", (await RunAsync("cat; echo end")).Output);

    [Fact]
    public async Task Run_UnknownProgram_IsExitCode127() => Assert.Equal(127, (await RunAsync("navi-no-such-program")).ExitCode);

    [Fact]
    public async Task Run_ToolchainsOnThePath_WorkInTheSandbox()
    {
        foreach (var (program, line) in new[] { ("python3", "python3 -c 'import json, sys; print(sys.version_info[0])'"), ("cargo", "cargo --version"), ("node", "node -p 1+1"), ("dotnet", "dotnet --version") })
        {
            if (HostPrograms.Find(program) is null)
                continue;
            var outcome = await RunAsync(line);
            Assert.True(outcome.Succeeded, $"{program}: {outcome.Output}");
        }
    }

    private Task<CommandOutcome> RunAsync(string line, int seconds = 30) =>
        hands.Get<CommandRunner>().RunAsync(CommandRequest.Shell(line, directory.Path, TimeSpan.FromSeconds(seconds)), Stop);

    // The background loop rewrites its file every 50 ms: when two looks a second apart agree, it is dead.
    private async Task StillAsync()
    {
        var before = File.ReadAllText(directory["beat"]);
        await Task.Delay(TimeSpan.FromSeconds(1), Stop);
        Assert.Equal(before, File.ReadAllText(directory["beat"]));
    }

    private static async Task PollAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }

    public void Dispose()
    {
        hands.Dispose();
        directory.Dispose();
    }
}
