using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.DeploymentChecks.Settings;
using Navi.Portable.Host.Serving;
using Navi.Testing;

namespace Navi.Functions.Tests.Configuration;

/// <summary>docs/CONFIGURATION.md against the options classes. NAVI_WRITE_DOCS=1 writes its tables anew; validation that no attribute states stays as it is written there.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private const string Rewrite = "Write it anew: NAVI_WRITE_DOCS=1 tests/Navi.Functions.Tests/bin/Debug/net10.0/Navi.Functions.Tests -class '*ConfigurationDocumentTests'";

    // What a valid list entry has, so that one option at a time can be wrong.
    private static readonly Dictionary<string, string?> Valid = new()
    {
        ["Navi:Environment"] = "Local", ["Navi:Home"] = "/tmp", ["Navi:Database:ConnectionString"] = "Host=x",
        ["Navi:Identity:LocalToken"] = new string('t', 40),
        ["Navi:Models:Entries:0:Name"] = "m", ["Navi:Models:Entries:0:Kind"] = "ollama", ["Navi:Models:Entries:0:Model"] = "m", ["Navi:Models:Entries:0:Endpoint"] = "http://127.0.0.1:1",
        // Options that are bounded by each other stay out of the way.
        ["Navi:Models:Entries:0:MaxOutputTokens"] = "1", ["Navi:Context:KeepShare"] = "0.1", ["Navi:Context:CompactAt"] = "0.95",
        ["Navi:Issuer:AccessTokenLifetime"] = "00:01:00", ["Navi:Issuer:RefreshTokenLifetime"] = "00:05:00",
        ["Navi:SigningKeys:KeepAfter"] = "90.00:00:00", ["Navi:SigningKeys:EncryptKeepAfter"] = "365.00:00:00",
        ["Navi:Models:Entries:0:Prices:Input"] = "1", ["Navi:Models:Entries:0:Prices:Output"] = "1",
    };

    private static string Document => Path.Combine(SourceTree.Root, "docs", "CONFIGURATION.md");

    [Fact]
    public void Document_Tables_AreTheOptionsClasses()
    {
        var text = File.ReadAllText(Document);
        var written = Row().Matches(text).GroupBy(m => m.Groups["key"].Value).ToDictionary(g => g.Key, g => g.First().Groups["validation"].Value);
        var preamble = text[..text.IndexOf("\n## `", StringComparison.Ordinal)].TrimEnd() + "\n";
        var expected = preamble + string.Concat(OptionsReader.Classes().Select(c => Section(c.Section, c.Type, written.GetValueOrDefault)));
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(Document, expected);
        var (missing, surplus) = (expected.Split('\n').Except(text.Split('\n')).ToList(), text.Split('\n').Except(expected.Split('\n')).ToList());
        Assert.True(missing.Count + surplus.Count == 0, $"Missing in docs/CONFIGURATION.md:\n{string.Join('\n', missing)}\nIn it, but not so in the code:\n{string.Join('\n', surplus)}\n{Rewrite}");
    }

    [Fact]
    public void Document_Ranges_AreWhatTheStartAccepts()
    {
        var checkedOptions = 0;
        foreach (var (section, type) in OptionsReader.Classes())
        {
            var written = Row().Matches(File.ReadAllText(Document)).GroupBy(m => m.Groups["key"].Value).ToDictionary(g => g.Key, g => g.First().Groups["validation"].Value);
            foreach (var row in OptionsReader.Rows(section, type, written.GetValueOrDefault).Where(r => Measure.Of(r.Type) is not null))
            {
                var range = Range().Match(row.Validation);
                Assert.True(range.Success, $"{row.Key}: docs/CONFIGURATION.md must tell its range, 'from `A` to `B`' or 'at least `A`'; it tells '{row.Validation}'.");
                checkedOptions++;
                Check(type, row, range.Groups["least"].Value, range.Groups["most"].Value);
            }
        }
        Assert.True(checkedOptions > 10);
    }

    private static void Check(Type type, OptionRow row, string least, string most)
    {
        var measure = Measure.Of(row.Type)!;
        Assert.True(Refusal(type, row, least) is null, $"{row.Key} = {least} must be accepted: {Refusal(type, row, least)}");
        Assert.True(Refusal(type, row, measure.Below(least)) is not null, $"{row.Key} = {measure.Below(least)} must be refused.");
        if (most.Length == 0 || !measure.IsValue(most))
            return;
        Assert.True(Refusal(type, row, most) is null, $"{row.Key} = {most} must be accepted: {Refusal(type, row, most)}");
        Assert.True(Refusal(type, row, measure.Above(most)) is not null, $"{row.Key} = {measure.Above(most)} must be refused.");
    }

    // Why NAVI would not start with this value; null when it would.
    private static string? Refusal(Type type, OptionRow row, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Valid).AddInMemoryCollection([KeyValuePair.Create<string, string?>(row.Key.Replace(":N:", ":0:", StringComparison.Ordinal), value)]).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        NaviApplication.Register(services, configuration).AddServing(configuration);
        using var provider = services.BuildServiceProvider();
        try
        {
            var options = provider.GetRequiredService(typeof(IOptions<>).MakeGenericType(type));
            options.GetType().GetProperty("Value")!.GetValue(options);
            return null;
        }
        catch (System.Reflection.TargetInvocationException e) when (e.InnerException is OptionsValidationException or InvalidOperationException)
        {
            return e.InnerException.Message;
        }
    }

    private static string Section(string section, Type type, Func<string, string?> written) => string.Create(
        CultureInfo.InvariantCulture,
        $"\n## `{section}`\n\n{OptionsReader.SummaryOf(type)}\n\n| option and environment variable | type | default | checked at start | meaning |\n|---|---|---|---|---|\n{string.Concat(OptionsReader.Rows(section, type, written).Select(r => r.Line + "\n"))}");

    [GeneratedRegex(@"^\| `(?<key>Navi[^`]*)`<br>`[^`]*` \| [^|]*? \| .*? \| (?<validation>.*?) \| ", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"(from|at least) `(?<least>[^`]+)`( to `(?<most>[^`]+)`)?")]
    private static partial Regex Range();
}
