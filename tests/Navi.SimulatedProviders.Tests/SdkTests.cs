using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;

namespace Navi.SimulatedProviders.Tests;

public sealed class SdkTests
{
    private static readonly string[] Paths = ["a.txt", "b.txt"];

    public static TheoryData<string, bool> Ways
    {
        get
        {
            var ways = new TheoryData<string, bool>();
            foreach (var protocol in new[] { "openai", "azure_openai", "anthropic", "ollama" })
            {
                ways.Add(protocol, true);
                ways.Add(protocol, false);
            }
            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Conversation_VendorsOwnClient_TextToolsAndUsageArrive(string protocol, bool streaming)
    {
        await using var server = await SimulatedProvider.StartAsync(new Scenario
        {
            Turns =
            [
                new Turn { Text = "I read both files and then say what is in them, word for word – äöü.", Calls = [Call("a.txt"), Call("b.txt")], InputTokens = 3000, CachedTokens = 2048, OutputTokens = 40 },
                new Turn { Text = "Done." },
            ],
        });
        var client = Clients.Of(protocol, server);
        List<ChatMessage> messages = [new(ChatRole.System, "You help."), new(ChatRole.User, "read")];

        var first = await client.AskAsync(streaming, messages);
        var calls = first.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        messages.AddRange(first.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(c => new FunctionResultContent(c.CallId, "text"))]));
        var second = await client.AskAsync(streaming, messages);

        Assert.Equal("I read both files and then say what is in them, word for word – äöü.", first.Text);
        Assert.Equal(Paths, calls.Select(c => ((JsonElement)c.Arguments!["path"]!).GetString()));
        Assert.Equal((3000, 40), (first.Usage!.InputTokenCount, first.Usage.OutputTokenCount));
        if (protocol != "ollama")
            Assert.Equal((2048, ChatFinishReason.ToolCalls), (first.Usage.CachedInputTokenCount, first.FinishReason));
        Assert.Equal(("Done.", ChatFinishReason.Stop), (second.Text, second.FinishReason));
        Assert.Empty(server.Violations);
        Assert.Equal([0, 1], server.Requests.Select(r => r.Turn));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("azure_openai")]
    [InlineData("anthropic")]
    public async Task Key_NotAccepted_Is401(string protocol)
    {
        await using var server = await SimulatedProvider.StartAsync(new Scenario { Keys = ["the-right-one"] });

        await Assert.ThrowsAnyAsync<Exception>(() => Clients.Of(protocol, server, "wrong").AskAsync(true, [new ChatMessage(ChatRole.User, "hi")]));
        await Clients.Of(protocol, server, "the-right-one").AskAsync(true, [new ChatMessage(ChatRole.User, "hi")]);

        Assert.Equal([401, 200], server.Requests.Select(r => r.Status));
    }

    private static ToolUse Call(string path) => new() { Name = "read_file", Arguments = JsonSerializer.SerializeToElement(new { path }) };
}
