using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Sandbox.Escapes;

/// <summary>Every attempt is made in the sandbox and must come to nothing; those that would work without one are made there as well, to see that the witnesses see.</summary>
public sealed class EscapeTests
{
    public static TheoryData<string> Names => new(Attempts.All.Select(a => a.Name));

    public static TheoryData<string> Controls => new(Attempts.All.Where(a => a.Control).Select(a => a.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Escape_InTheSandbox_ComesToNothing(string name)
    {
        using var world = new EscapeWorld();
        using var hands = new AgentHands();
        var outcome = await RunAsync(hands, world, name);
        Assert.Equal("bubblewrap", outcome.Sandbox);
        await Task.Delay(name == "survivor" ? 1000 : 0, TestContext.Current.CancellationToken);
        Assert.Null(await world.WitnessAsync(outcome.Output));
        Assert.False(File.Exists(Path.Combine(world.Workspace, "late")), "something ran on");
        // Had its first process died, the namespace would have gone with it.
        if (name == "end of the first process")
            Assert.Equal(0, outcome.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Escape_WithoutTheSandbox_IsSeen(string name)
    {
        using var world = new EscapeWorld();
        using var hands = new AgentHands(o => (o.Bubblewrap, o.AllowUnsandboxed) = ("/nonexistent/bwrap", true));
        var outcome = await RunAsync(hands, world, name);
        Assert.Equal("none", outcome.Sandbox);
        Assert.True(await world.WitnessAsync(outcome.Output) is not null, outcome.Output);
    }

    [Fact]
    public async Task ManyProcesses_InTheSandbox_EndWithTheCommand()
    {
        using var world = new EscapeWorld();
        using var hands = new AgentHands();
        // Each leaves its parent; the file tells how many there were.
        var outcome = await hands.Get<CommandRunner>().RunAsync(CommandRequest.Shell(
            "i=0; while [ $i -lt 300 ]; do setsid sleep 613 & i=$((i+1)); done; ls -d /proc/[0-9]* | wc -l > count", world.Workspace, TimeSpan.FromSeconds(60)), TestContext.Current.CancellationToken);
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(int.Parse(await File.ReadAllTextAsync(Path.Combine(world.Workspace, "count"), TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture) > 300);
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), d => Said(Path.Combine(d, "cmdline")) == "sleep\0613\0");
    }

    [Fact]
    public void Attempts_Number_IsWhatWasPromised() => Assert.True(Attempts.All.Length >= 40 && Attempts.All.DistinctBy(a => a.Name).Count() == Attempts.All.Length);

    private static Task<CommandOutcome> RunAsync(AgentHands hands, EscapeWorld world, string name) => hands.Get<CommandRunner>().RunAsync(
        CommandRequest.Shell(world.Fill(Attempts.All.Single(a => a.Name == name).Line), world.Workspace, TimeSpan.FromSeconds(30)), TestContext.Current.CancellationToken);

    private static string Said(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllText(file) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
