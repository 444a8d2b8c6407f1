using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;
using Navi.Agent.Context;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Context.Tools;
using Navi.Agent.Effects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Context;

public sealed class ToolSubsetTests : IDisposable
{
    private static readonly PromptTokens Tokens = new(new TokenCounter());
    private readonly AgentHands hands = new();

    [Property(MaxTest = 60)]
    public Property Of_AnyRegistry_KeepsBothBounds() => Prop.ForAll(Registries.ToArbitrary(), Gen.Elements(Enum.GetValues<ToolPhase>()).ToArbitrary(), (tools, phase) =>
    {
        var options = new ContextOptions();
        var registry = new ToolRegistry(tools);
        var subset = new ToolSubset(registry, Tokens, Options.Create(options));
        var found = tools.Take(10).Select(t => t.Name).ToList();

        var shown = subset.Of("rename the thing and run its tests", phase, found, tools.Select(t => t.Name).ToHashSet());

        Assert.InRange(shown.Count, 0, options.MaxTools);
        Assert.InRange(shown.Sum(Tokens.Of), 0, options.ToolTokens);
        Assert.Equal(shown.Count, shown.Distinct().Count());
        Assert.Equal(shown, subset.Of("rename the thing and run its tests", phase, found, tools.Select(t => t.Name).ToHashSet()));
    });

    [Fact]
    public void Of_TheRealRegistry_AlwaysHasTheCoreAndWhatWasFound()
    {
        var registry = new ToolRegistry([.. hands.Get<ToolRegistry>().All, new UpdatePlanTool(), new SearchToolsTool(() => hands.Get<ToolRegistry>())]);
        var subset = new ToolSubset(registry, Tokens, Options.Create(new ContextOptions { MaxTools = 15 }));

        var plain = subset.Of("survey this repository", ToolPhase.Explore, [], new HashSet<string>()).Select(t => t.Name).ToList();
        var found = subset.Of("survey this repository", ToolPhase.Explore, ["git_show"], new HashSet<string>()).Select(t => t.Name).ToList();

        Assert.All(new[] { "finish_task", "ask_person", "search_tools", "read_file", "run_tests" }, n => Assert.Contains(n, plain));
        Assert.Contains("survey_repository", plain);
        Assert.DoesNotContain("git_show", plain);
        Assert.Contains("git_show", found);
        Assert.Equal(plain.Take(12), found.Take(12));
    }

    [Fact]
    public async Task SearchTools_Words_FindsTheTool()
    {
        using var source = new SourceFixture();
        var tool = new SearchToolsTool(() => hands.Get<ToolRegistry>());

        var result = await tool.ExecuteAsync(null!, JsonDocument.Parse("{\"query\":\"rename an identifier\"}").RootElement, TestContext.Current.CancellationToken);

        Assert.StartsWith("rename_identifier", result.Content, StringComparison.Ordinal);
        Assert.Equal("rename_identifier", JsonDocument.Parse(result.Data!).RootElement[0].GetString());
    }

    public void Dispose() => hands.Dispose();

    private static Gen<List<ITool>> Registries =>
        from count in Gen.Choose(0, 90)
        from sizes in Gen.Choose(1, 900).ListOf(count)
        select sizes.Select((size, i) => (ITool)new Fake(i < Names.Length ? Names[i] : $"tool_{(char)('a' + i % 26)}{(char)('a' + i / 26)}", size)).ToList();

    private static readonly string[] Names = ["finish_task", "search_tools", "read_file", "ask_person", "edit_file", "run_tests"];

    private sealed class Fake(string name, int size) : ITool
    {
        public string Name => name;
        public string Description { get; } = string.Join(' ', Enumerable.Range(0, size).Select(i => $"word{i}"));
        public JsonElement ArgumentSchema { get; } = JsonDocument.Parse("{\"type\":\"object\",\"additionalProperties\":false}").RootElement;
        public EffectClass Effect => EffectClass.Pure;
        public ToolRisk Risk => ToolRisk.Low;
        public ToolPhase? Phase => null;
        public TreeUse Tree => TreeUse.Read;
        public TimeSpan Timeout => TimeSpan.FromSeconds(1);
        public int OutputLimit => 1000;
        public bool Gate => false;
        public bool Ends => false;
        public IReadOnlyList<ArgumentError> Validate(JsonElement arguments) => [];
        public Task<ToolResult> ExecuteAsync(ToolContext context, JsonElement arguments, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
