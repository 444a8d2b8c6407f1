using System.Text.Json.Serialization;

namespace Navi.Cli.Places;

/// <summary>One running <c>navi up</c>.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="ProcessStarted">When the process started, so that another process with the same number is not taken for it.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Database">Which database it works on: see <see cref="RunFiles.DatabaseName"/>.</param>
internal sealed record RunFile(
    [property: JsonPropertyName("pid")] int Pid,
    [property: JsonPropertyName("process_started")] DateTimeOffset ProcessStarted,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("database")] string Database);
