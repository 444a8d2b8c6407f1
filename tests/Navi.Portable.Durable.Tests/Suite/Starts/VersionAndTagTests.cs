using Microsoft.DurableTask;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Suite.Starts;

/// <summary>Behaviour: tags and version round-trip.</summary>
public sealed class VersionAndTagTests
{
    [Theory, BothModes]
    public async Task Tags_OfAStart_AreReadWithTheInstance(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var tags = new Dictionary<string, string> { ["team"] = "blue", ["größe"] = "∞ \"wide\"", ["empty"] = "" };

        var end = await run.RunAsync("Echo", "x", new StartOrchestrationOptions("tagged") { Tags = tags });

        Assert.Equal(tags, end.Tags);
        Assert.Equal(tags, (await run.FindAsync("tagged")).Tags);
        await foreach (var listed in run.Client.GetAllInstancesAsync()) Assert.Equal(tags, listed.Tags);
    }

    [Theory, BothModes]
    public async Task Tags_OfAStartWithoutAny_AreEmpty(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        Assert.Empty((await run.RunAsync("Echo", "x")).Tags);
    }

    [Theory, BothModes("1.9 -1", "1.10 0", "1.10.1 1", "2.0 1", "0.9 -1")]
    public async Task Version_OfAStart_IsSeenAndComparedByParts(int sticky, string expected)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<string>("Version", context => $"{context.Version} {Math.Sign(context.CompareVersionTo("1.10"))}"));

        var end = await run.RunAsync("Version", null, new StartOrchestrationOptions { Version = expected.Split(' ')[0] });

        Assert.Equal(expected, end.ReadOutputAs<string>());
    }

    [Theory, BothModes]
    public async Task Version_OfAStartWithout_IsOlderThanAny(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
            tasks.AddOrchestratorFunc<bool>("Version", context => context.CompareVersionTo("0.0.1") < 0));

        Assert.True(await run.OutputOf<bool>("Version"));
    }
}
