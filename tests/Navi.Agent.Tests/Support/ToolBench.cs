using System.Text.Json;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Support;

/// <summary>A prepared task, and its tools called by name.</summary>
internal sealed class ToolBench : IDisposable
{
    private int calls;

    private ToolBench(AgentHands hands, SourceFixture source)
    {
        Hands = hands;
        Source = source;
    }

    public AgentHands Hands { get; }

    public SourceFixture Source { get; }

    /// <summary>The current commit's directory.</summary>
    public string Tree => Hands.Store.ReadTree("t", Hands.Store.Head("t"));

    public static async Task<ToolBench> OfAsync(SourceFixture source, AgentHands? hands = null)
    {
        source.Commit();
        var bench = new ToolBench(hands ?? new AgentHands(), source);
        await bench.Hands.PrepareAsync("t", source.Path);
        return bench;
    }

    public async Task<ToolResult> CallAsync(string tool, object arguments)
    {
        var head = Hands.Store.Head("t");
        var run = await Hands.Get<ToolRunner>().RunAsync(
            new ToolCall("t", $"c{calls++}", 1, head, tool, JsonSerializer.SerializeToElement(arguments)), TestContext.Current.CancellationToken);
        if (run.Tree is not null)
            Hands.Store.Advance(run.Tree, run.Commit);
        return run.Result;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Tree, path));

    public void Dispose()
    {
        Hands.Dispose();
        Source.Dispose();
    }
}
