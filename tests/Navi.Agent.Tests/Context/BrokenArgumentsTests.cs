using Microsoft.Extensions.AI;
using Navi.Agent.Context.Arguments;
using Navi.Agent.Tests.Models.Support;

namespace Navi.Agent.Tests.Context;

/// <summary>Broken arguments as they come through the real adapters from a server that streams them.</summary>
public sealed class BrokenArgumentsTests
{
    // The second call of each answer names b.txt; its closing bracket becomes a trailing comma and a bracket.
    [Theory]
    [InlineData("openai")]
    [InlineData("azure_openai")]
    [InlineData("anthropic")]
    public async Task Arguments_NotJson_AreMendedFromTheStream(string kind)
    {
        var tools = kind == "anthropic" ? Answers.AnthropicTools : Answers.OpenAiTools;
        var broken = tools.Replace("b.txt\\\"}", "b.txt\\\",}", StringComparison.Ordinal);
        Assert.NotEqual(tools, broken);
        await using var server = await ModelServer.StartAsync(Answers.Stream(broken, "text/event-stream"));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server));

        var calls = (await bench.AskAsync()).Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();

        Assert.Equal(2, calls.Count);
        Assert.Empty(CallArguments.Read(calls[0], null).Repairs);
        var read = CallArguments.Read(calls[1], null);
        Assert.Equal("trailing_comma", string.Join(", ", read.Repairs));
        Assert.Contains("\"b.txt\"", read.Json, StringComparison.Ordinal);
    }
}
