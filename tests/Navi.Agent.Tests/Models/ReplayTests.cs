using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tests.Models.Support;

namespace Navi.Agent.Tests.Models;

public sealed class ReplayTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-replay-").FullName;

    private string Recorded => Path.Combine(directory, "conversation.jsonl");

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Replay_SameRequests_GiveTheRecordedAnswersWithoutAnyCall(string kind)
    {
        await RecordAsync(kind);

        await using var bench = await ModelBench.CreateAsync(Entry());
        var first = await bench.AskAsync(messages: Conversation("one.txt, 7 ms"), options: Tools());
        var again = await bench.AskAsync(messages: Conversation("one.txt, 1234 ms"), options: Tools());

        var calls = first.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
        Assert.Equal(["a.txt", "b.txt"], calls.Select(c => $"{c.Arguments!["path"]}"));
        Assert.Equal((ChatFinishReason.ToolCalls, ChatFinishReason.ToolCalls), (first.FinishReason, again.FinishReason));
        var attempts = await bench.AttemptsAsync();
        Assert.Equal([("ok", true, 0m), ("ok", true, 0m)], attempts.Select(a => (a.Status, a.Priced, a.InputCost!.Value)));
        Assert.All(attempts, a => Assert.True(a.OutputTokens > 0));
    }

    [Fact]
    public async Task Replay_AnotherRequest_FailsNamingTurnAndDifference()
    {
        await RecordAsync("openai");
        await using var bench = await ModelBench.CreateAsync(Entry());

        var other = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(messages: Conversation("two.txt, 7 ms"), options: Tools()));
        var tool = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(messages: Conversation("one.txt, 7 ms")));
        var beyond = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync(messages: [.. Conversation("one.txt, 7 ms"), new(ChatRole.Assistant, "more"), new(ChatRole.User, "on")], options: Tools()));

        Assert.Contains("turn 1 differs from the recording: message 4 (tool)", other.Message, StringComparison.Ordinal);
        Assert.Contains("one.txt", other.Message, StringComparison.Ordinal);
        Assert.Contains("two.txt", other.Message, StringComparison.Ordinal);
        Assert.Contains("only recorded read_file", tool.Message, StringComparison.Ordinal);
        Assert.Contains("no turn 2", beyond.Message, StringComparison.Ordinal);
        Assert.True(other.IsFinal && tool.IsFinal && beyond.IsFinal);
    }

    [Fact]
    public async Task Record_ConversationWithTheKey_LeavesItOutAndIsForThisUserAlone()
    {
        await RecordAsync("openai", "read, and tell nobody the-key");

        var text = await File.ReadAllTextAsync(Recorded);

        Assert.DoesNotContain("the-key", text, StringComparison.Ordinal);
        Assert.Contains("***", text, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Recorded));
    }

    [Theory]
    [InlineData(null, "File is missing")]
    [InlineData("nothing", "nowhere.jsonl")]
    [InlineData("{\"version\":2}", "line 1 is no turn")]
    [InlineData("no json", "line 1 is no turn")]
    [InlineData("", "it has no turn")]
    public async Task Start_FileThatIsNoRecording_IsRefusedWithItsName(string? content, string message)
    {
        var file = Path.Combine(directory, content == "nothing" ? "nowhere.jsonl" : "broken.jsonl");
        if (content is not (null or "nothing"))
            await File.WriteAllTextAsync(file, content);
        var entry = Entry();
        entry["File"] = content is null ? "" : file;

        await using var bench = await ModelBench.CreateAsync(entry);
        var failure = Assert.ThrowsAny<Exception>(() => bench.Router);

        Assert.Contains(message, failure.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private async Task RecordAsync(string kind, string prompt = "read both")
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(kind == "anthropic" ? Answers.AnthropicTools : Answers.OpenAiTools));
        await using var bench = await ModelBench.CreateAsync(ModelBench.Entry(kind, server, "m1", ("Navi:Models:RecordTo", Recorded)));
        await bench.AskAsync(messages: Conversation("one.txt, 7 ms", prompt), options: Tools());
    }

    private Dictionary<string, string?> Entry() => new() { ["Name"] = "played", ["Kind"] = "replay", ["Model"] = "recorded", ["File"] = Recorded };

    private static List<ChatMessage> Conversation(string result, string prompt = "read both") =>
    [
        new(ChatRole.System, "You help."), new(ChatRole.User, prompt),
        new(ChatRole.Assistant, [new FunctionCallContent("0-0", "list", new Dictionary<string, object?> { ["path"] = "." })]), new(ChatRole.Tool, [new FunctionResultContent("0-0", result)]),
    ];

    private static ChatOptions Tools() => new()
    {
        Tools = [AIFunctionFactory.CreateDeclaration("read_file", "Reads a file.", JsonElement.Parse("""{"type":"object","properties":{"path":{"type":"string"}}}"""))],
    };
}
