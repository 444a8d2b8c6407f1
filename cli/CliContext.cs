using System.CommandLine;
using Navi.Cli.Live;
using Navi.Cli.Output;
using Navi.Cli.Places;
using Navi.Cli.Settings;

namespace Navi.Cli;

/// <summary>What a command works with: its streams, its places, its environment.</summary>
internal sealed class CliContext
{
    private readonly Lazy<NaviPlaces> places;

    public CliContext()
    {
        places = new Lazy<NaviPlaces>(() => NaviPlaces.Find(Variable, Environment.UserName == "root"));
        Lines = new LineReader(Console.In);
        Settings = new SettingValues(Variable, () => SettingsFile);
    }

    /// <summary>Results.</summary>
    public Screen Out { get; } = Screen.StandardOutput();

    /// <summary>Progress beside a result that a program reads, warnings, errors.</summary>
    public Screen Error { get; } = Screen.StandardError();

    public LineReader Lines { get; }

    public NaviPlaces Places => places.Value;

    /// <summary>What flags, environment, file and defaults say together.</summary>
    public SettingValues Settings { get; }

    public SettingsFile SettingsFile => new(Path.Combine(Places.ConfigHome, "config.json"));

    /// <summary>How long an outage is waited out.</summary>
    public TimeSpan Patience => TimeSpan.FromSeconds(Settings.Number(SettingCatalog.Retry));

    /// <summary>How long one request may take.</summary>
    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(Settings.Number(SettingCatalog.Timeout));

    /// <summary>True with --json, or when the setting output is json.</summary>
    public bool IsJson(ParseResult parsed, Option<bool> json) =>
        parsed.GetResult(json) is { Implicit: false } ? parsed.GetValue(json) : Settings[SettingCatalog.Output] == "json";

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>Writes one JSON document to standard output.</summary>
    public static void WriteJson<T>(T document) => Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(document, Api.WireJson.Indented));

    /// <summary>Writes one JSON document on one line of standard output.</summary>
    public static void WriteJsonLine<T>(T document) => Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(document, Api.WireJson.Line));
}
