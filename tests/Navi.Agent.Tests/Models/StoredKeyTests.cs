using Dapper;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Navi.Agent.Models.Routing;
using Navi.Agent.Models.Secrets;
using Navi.Agent.Tests.Models.Support;
using Navi.Platform.Data;
using Navi.Platform.Security.Encryption.KeyFiles;
using Navi.Platform.Security.Tokens;

namespace Navi.Agent.Tests.Models;

/// <summary>Entries whose key lies in encrypted storage.</summary>
public sealed class StoredKeyTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-stored-").FullName;
    private readonly FakeTimeProvider time = new();

    public StoredKeyTests() => NewKeyFile.Make(directory, "wrapping");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("openai_compatible", "Authorization")]
    [InlineData("azure_openai", "api-key")]
    [InlineData("anthropic", "Authorization")]
    [InlineData("ollama", "Authorization")]
    public async Task Call_SecretChanged_IsUsedAfterAShortWhileWithoutARestart(string kind, string header)
    {
        await using var server = await ModelServer.StartAsync(kind switch
        {
            "anthropic" => Answers.Stream(Answers.AnthropicText), "ollama" => Answers.Stream(Answers.OllamaText, "application/x-ndjson"), _ => Answers.Stream(Answers.OpenAiText),
        });
        await using var bench = await ModelBench.CreateAsync(time, null, Entry(kind, server));
        await PutAsync(bench, "first-key");
        await bench.AskAsync();
        await PutAsync(bench, "second-key");
        await bench.AskAsync(turn: 1);
        time.Advance(ModelSecrets.Freshness + TimeSpan.FromSeconds(1));
        await bench.AskAsync(turn: 2);

        Assert.Equal(["first-key", "first-key", "second-key"], server.Requests.Select(r => r.Headers[header].Replace("Bearer ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_SecretMissing_SendsNothingAndSaysHowToMakeIt()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(time, null, Entry("openai_compatible", server));

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync());

        Assert.Equal(ModelFailureKind.Unauthorized, failure.Kind);
        Assert.Contains("navi secrets set main", failure.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Requests.Count, server.Connections));
    }

    [Fact]
    public async Task Call_SecretMissing_TheNextModelAnswers()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(time, null, Entry("openai_compatible", server), ModelBench.Entry("openai_compatible", server, "m2"));

        Assert.Equal("Hello", (await bench.AskAsync()).Text);
        Assert.Equal([("m1", "unauthorized"), ("m2", null)], (await bench.AttemptsAsync()).Select(a => (a.Provider, a.ErrorType)));
    }

    [Fact]
    public async Task Call_SecretMovedFromAnotherName_IsRefusedAndNoMessageHoldsIt()
    {
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        await using var bench = await ModelBench.CreateAsync(time, null, Entry("openai_compatible", server));
        await PutAsync(bench, "the-right-key");
        await PutAsync(bench, "a-stolen-key", "other");
        await bench.Platform.Database.RunAsync(
            Scope.System, c => c.ExecuteAsync("UPDATE navi.encrypted_tokens SET envelope = (SELECT envelope FROM navi.encrypted_tokens WHERE name = 'other') WHERE name = 'main'"), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<ModelCallException>(() => bench.AskAsync());

        Assert.Equal(ModelFailureKind.Unauthorized, failure.Kind);
        Assert.Contains("does not open", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-stolen-key", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Requests.Count, server.Connections));
    }

    [Fact]
    public async Task Record_ConversationWithTheStoredKey_LeavesItOut()
    {
        var recorded = Path.Combine(directory, "conversation.jsonl");
        await using var server = await ModelServer.StartAsync(Answers.Stream(Answers.OpenAiText));
        var entry = Entry("openai_compatible", server);
        entry["Navi:Models:RecordTo"] = recorded;
        await using var bench = await ModelBench.CreateAsync(time, null, entry);
        await PutAsync(bench, "the-stored-key");

        await bench.AskAsync(messages: [new(ChatRole.User, "tell nobody the-stored-key")]);

        var text = await File.ReadAllTextAsync(recorded, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("the-stored-key", text, StringComparison.Ordinal);
        Assert.Contains("***", text, StringComparison.Ordinal);
    }

    private Dictionary<string, string?> Entry(string kind, ModelServer server)
    {
        var entry = ModelBench.Entry(kind, server, "m1", ("ApiKeySecret", "main"), ("Navi:Encryption:KeyId", "wrapping"), ("Navi:Encryption:KeyDirectory", directory));
        entry["ApiKey"] = null;
        return entry;
    }

    private static async Task PutAsync(ModelBench bench, string value, string name = "main") =>
        Assert.NotNull(await bench.Services.GetRequiredService<EncryptedTokens>().PutAsync("acme", name, value, "ada", CancellationToken.None));
}
