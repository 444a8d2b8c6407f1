using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Agent.Models;
using Navi.Agent.Models.Options;
using Navi.Platform.Telemetry;

namespace Navi.Agent.Tests.Models;

public sealed class OptionsTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["Name"] = "m1", ["Kind"] = "openai_compatible", ["Endpoint"] = "https://models.example.com/v1", ["Model"] = "m", ["ApiKey"] = "s3cret-key",
    };

    [Theory]
    [InlineData("Kind", "gpt", "Navi:Models:Entries:0:Kind is 'gpt'; it must be one of azure_openai, openai, openai_compatible, anthropic, ollama")]
    [InlineData("Name", "", "Navi:Models:Entries:0:Name is ''")]
    [InlineData("Name", "auto", "Navi:Models:Entries:0:Name is 'auto', which NAVI uses itself")]
    [InlineData("Model", "", "Navi:Models:Entries:0:Model is missing")]
    [InlineData("Endpoint", "", "Navi:Models:Entries:0:Endpoint is missing")]
    [InlineData("Endpoint", "http://models.example.com/v1", "Navi:Models:Entries:0:Endpoint is 'http://models.example.com/v1'; plain http is only for this machine")]
    [InlineData("Endpoint", "http://10.0.0.1/v1", "plain http is only for this machine")]
    [InlineData("Endpoint", "http://localhost.example.com/v1", "plain http is only for this machine")]
    [InlineData("Endpoint", "https://ada:s3cret-key@models.example.com", "Navi:Models:Entries:0:Endpoint is '(not shown)'")]
    [InlineData("Endpoint", "ftp://models.example.com", "it must be an http(s) address")]
    [InlineData("Modes:0", "cheap", "Navi:Models:Entries:0:Modes has 'cheap'")]
    [InlineData("ContextWindow", "10", "Navi:Models:Entries:0:ContextWindow is 10; it must be from 1024 to 10000000")]
    [InlineData("MaxOutputTokens", "0", "Navi:Models:Entries:0:MaxOutputTokens is 0")]
    [InlineData("CallTimeout", "02:00:00", "Navi:Models:Entries:0:CallTimeout is 02:00:00")]
    [InlineData("MaxConcurrency", "0", "Navi:Models:Entries:0:MaxConcurrency is 0")]
    [InlineData("Prices:Input", "-1", "Navi:Models:Entries:0:Prices:Input is -1")]
    [InlineData("Prices:Input", "1", "Navi:Models:Entries:0:Prices:Output is missing")]
    [InlineData("Navi:Models:MaxAttempts", "0", "Navi:Models:MaxAttempts is 0; it must be from 1 to 10")]
    [InlineData("Navi:Models:PriceFile", "/no/such/file", "Navi:Models:PriceFile is '/no/such/file'")]
    public void Start_WrongSetting_NamesOptionValueAndWhatIsRight(string setting, string value, string message)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new(Right) { [setting] = value }));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-key", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk proj", null, "acme", "Navi:Models:Entries:0:ApiKeySecret is no name of a secret")]
    [InlineData("main", "s3cret-key", "acme", "Navi:Models:Entries:0:ApiKey and ApiKeySecret are both set")]
    [InlineData("main", null, "", "Navi:Models:Entries:0:ApiKeySecret is set, but Navi:Telemetry:Organisation is missing")]
    public void Start_SecretThatCouldNotBeUsed_IsRefused(string secret, string? key, string organisation, string message)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new(Right) { ["ApiKey"] = key, ["ApiKeySecret"] = secret }, organisation));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-key", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk proj", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public void Start_SecretInPlaceOfTheKey_IsAccepted(string kind) =>
        Assert.Equal("main", Read(new(Right) { ["Kind"] = kind, ["ApiKey"] = null, ["ApiKeySecret"] = "main" }, "acme").Entries[0].ApiKeySecret);

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public void Start_NoKeyWhereOneIsNeeded_IsRefused(string kind)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(new(Right) { ["Kind"] = kind, ["ApiKey"] = "" }));

        Assert.Contains($"Navi:Models:Entries:0:ApiKey is missing: {kind} needs one.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:11434")]
    [InlineData("http://localhost:11434")]
    [InlineData("http://[::1]:11434")]
    public void Start_PlainHttpOnThisMachine_IsAccepted(string endpoint) =>
        Assert.Equal(endpoint, Read(new(Right) { ["Kind"] = "ollama", ["Endpoint"] = endpoint, ["ApiKey"] = null }).Entries[0].Endpoint);

    [Fact]
    public void Start_TwoEntriesOfOneName_AreRefused()
    {
        var twice = new Dictionary<string, string?>(Right);
        foreach (var (key, value) in Right)
            twice[$"Navi:Models:Entries:1:{key}"] = key == "Name" ? "M1" : value;

        Assert.Contains("has the name 'm1' 2 times", Assert.Throws<OptionsValidationException>(() => Read(twice)).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("", "fast", true)]
    [InlineData("", "deep", true)]
    [InlineData("", "private", false)]
    [InlineData("fast", "deep", false)]
    [InlineData("private", "fast", true)]
    [InlineData("private", "private", true)]
    [InlineData("deep", "auto", true)]
    public void Modes_Marked_AreServed(string marked, string mode, bool serves)
    {
        var settings = new Dictionary<string, string?>(Right);
        if (marked.Length > 0)
            settings["Modes:0"] = marked;

        Assert.Equal(serves, Read(settings).Entries[0].Serves(mode));
    }

    private static ModelsOptions Read(Dictionary<string, string?> settings, string organisation = "")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(
            s => s.Key.StartsWith("Navi:", StringComparison.Ordinal) ? s.Key : $"Navi:Models:Entries:0:{s.Key}", s => s.Value)).Build();
        using var services = new ServiceCollection().AddModels(configuration).Configure<TelemetryOptions>(telemetry => telemetry.Organisation = organisation).BuildServiceProvider();
        return services.GetRequiredService<IOptions<ModelsOptions>>().Value;
    }
}
