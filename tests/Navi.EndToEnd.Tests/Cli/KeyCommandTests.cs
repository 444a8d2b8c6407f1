using System.Text.Json.Nodes;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class KeyCommandTests : IAsyncLifetime
{
    private const string Value = "sk-a-value-that-nobody-else-has";
    private Commands cli = null!;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Status_SoundKeys_AreShownWithWhatMayGo()
    {
        var shown = await cli.RunAsync(0, "keys", "status");
        var json = JsonNode.Parse((await cli.RunAsync(0, "keys", "status", "--json")).Output)!;

        Assert.Matches(@"2026-11\s+current\s+4\s+navi\.signing_keys\.private_key 4", shown.Output);
        Assert.Matches(@"2025-11\s+not used\s+0", shown.Output);
        Assert.Contains("may go once every process runs with the current one", shown.Output);
        Assert.Contains("kid-1", shown.Output);
        Assert.True(JsonNode.DeepEquals(cli.Navi.Keys.Status, json), $"{json}");
    }

    [Fact]
    public async Task Status_KeyThatIsNeededCantBeUsed_ExitsOneAndSaysWhy()
    {
        cli.Navi.Keys.Status["wrapping"]![1] = new JsonObject
        {
            ["id"] = "2025-11", ["current"] = false, ["reachable"] = false, ["problem"] = "There is no key file", ["unused"] = false, ["envelopes"] = 1,
            ["columns"] = new JsonArray(new JsonObject { ["table"] = "navi.encrypted_tokens", ["column"] = "envelope", ["envelopes"] = 1 }),
        };

        Assert.Contains("2025-11: There is no key file", (await cli.RunAsync(1, "keys", "status")).Output);
    }

    [Fact]
    public async Task RotateWrapping_SeveralRounds_GoesOnUntilNothingIsLeft()
    {
        foreach (var round in new[] { (500, 600), (500, 100), (100, 0) })
            cli.Navi.Keys.Rounds.Enqueue(round);

        var json = JsonNode.Parse((await cli.RunAsync(0, "keys", "rotate", "wrapping", "--json")).Output)!;

        Assert.Equal((1_100, 0), (json["rewrapped"]!.GetValue<int>(), json["left"]!.GetValue<int>()));
        Assert.Empty(cli.Navi.Keys.Rounds);
    }

    [Fact]
    public async Task RotateWrapping_SomethingStays_ExitsOneWithTheReason()
    {
        foreach (var round in new[] { (3, 1), (0, 1) })
            cli.Navi.Keys.Rounds.Enqueue(round);

        var said = (await cli.RunAsync(1, "keys", "rotate", "wrapping")).Output;

        Assert.Contains("3 values are now wrapped by the key '2026-11'; 1 are left.", said);
        Assert.Contains("its key is gone", said);
    }

    [Fact]
    public async Task RotateSigning_Always_ShowsTheNextKeyAndWhenItTakesOver() =>
        Assert.Matches(@"kid-2\s+sign\s+next\s+\d{4}-", (await cli.RunAsync(0, "keys", "rotate", "signing")).Output);

    [Theory]
    [InlineData("keys rotate")]
    [InlineData("keys rotate everything")]
    public async Task Rotate_WithoutSayingWhat_IsWrongUsageThatNamesTheChoices(string line) =>
        Assert.Contains("signing", (await cli.RunAsync(2, line.Split(' '))).Error);

    [Fact]
    public async Task New_Name_MakesAKeyFileOnce()
    {
        var directory = Directory.CreateDirectory(Path.Combine(cli.Directory, "keys")).FullName;

        var made = await cli.RunAsync(0, "keys", "new", "2026-11", "--directory", directory);
        var again = await cli.RunAsync(2, "keys", "new", "2026-11", "--directory", directory);
        var missing = await cli.RunAsync(2, "keys", "new", "2026-11", "--directory", Path.Combine(directory, "no"));

        Assert.Equal(Path.Combine(directory, "2026-11"), made.Output.Trim());
        Assert.NotNull(new FileKeyResolver(Microsoft.Extensions.Options.Options.Create(new EncryptionOptions { KeyId = "2026-11", KeyDirectory = directory })).Resolve("2026-11"));
        Assert.Contains("never replaced", again.Error);
        Assert.Contains("There is no directory", missing.Error);
        // The key itself is shown nowhere.
        Assert.DoesNotContain(File.ReadAllText(made.Output.Trim()).Trim(), made.Output + made.Error + again.Error);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    public async Task SecretsSet_ValueOnStandardInput_ArrivesWithoutItsLineBreakAndIsShownNowhere(string end)
    {
        var process = cli.Start("secrets", "set", "openai");
        await process.WriteAsync(Value + end);
        process.EndInput();

        Assert.True(await process.ExitCodeAsync() == 0, process.Error);
        Assert.Equal(Value, cli.Navi.Keys.Secrets["openai"]);
        Assert.DoesNotContain(Value, process.Output + process.Error);
        Assert.Contains("openai", (await cli.RunAsync(0, "secrets", "list")).Output);
        await cli.RunAsync(0, "secrets", "delete", "openai");
        Assert.Contains("There is no secret 'openai'", (await cli.RunAsync(1, "secrets", "delete", "openai")).Error);
    }

    [Fact]
    public async Task SecretsSet_NothingOnStandardInputOrTheValueAsAnArgument_IsWrongUsage()
    {
        Assert.Contains("no value on standard input", (await cli.RunAsync(2, "secrets", "set", "openai")).Error);
        await cli.RunAsync(2, "secrets", "set", "openai", Value);
        Assert.Empty(cli.Navi.Keys.Secrets);
    }
}
