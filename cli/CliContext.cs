using Navi.Cli.Live;
using Navi.Cli.Output;
using Navi.Cli.Places;

namespace Navi.Cli;

/// <summary>What a command works with: its streams, its places, its environment.</summary>
internal sealed class CliContext
{
    private readonly Lazy<NaviPlaces> places;

    public CliContext()
    {
        places = new Lazy<NaviPlaces>(() => NaviPlaces.Find(Variable, Environment.UserName == "root"));
        Lines = new LineReader(Console.In);
    }

    /// <summary>Results.</summary>
    public Screen Out { get; } = Screen.StandardOutput();

    /// <summary>Progress beside a result that a program reads, warnings, errors.</summary>
    public Screen Error { get; } = Screen.StandardError();

    public LineReader Lines { get; }

    public NaviPlaces Places => places.Value;

    /// <summary>How long an outage is waited out: NAVI_RETRY_SECONDS, default 60.</summary>
    public TimeSpan Patience =>
        int.TryParse(Variable("NAVI_RETRY_SECONDS"), out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMinutes(1);

    public string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    /// <summary>Writes one JSON document to standard output.</summary>
    public static void WriteJson<T>(T document) => Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(document, Api.WireJson.Indented));

    /// <summary>Writes one JSON document on one line of standard output.</summary>
    public static void WriteJsonLine<T>(T document) => Console.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(document, Api.WireJson.Line));
}
