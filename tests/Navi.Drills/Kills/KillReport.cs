using System.Text.Encodings.Web;
using System.Text.Json;

namespace Navi.Drills.Kills;

/// <summary>What the drill has found, to be read or to be parsed.</summary>
internal sealed class KillReport(TextWriter output, bool json)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Promises that do not hold.</summary>
    public int Broken { get; private set; }

    /// <summary>Figures; as text they stand in one line.</summary>
    public Task FiguresAsync<T>(T figures, string text) => output.WriteLineAsync(json ? JsonSerializer.Serialize(figures, Json) : $"       {text}");

    /// <summary>Whether a promise holds.</summary>
    /// <param name="promise">In a few words.</param>
    /// <param name="holds">It does.</param>
    /// <param name="found">What was found.</param>
    /// <param name="counts">One that does not hold fails the drill; else it is only told.</param>
    public async Task PromiseAsync(string promise, bool holds, string found, bool counts = true)
    {
        if (!holds && counts)
            Broken++;
        await output.WriteLineAsync(json
            ? JsonSerializer.Serialize(new { Promise = promise, Holds = holds, Found = found }, Json)
            : $"{(holds ? "ok    " : counts ? "FAILED" : "MISSED")} {promise}: {found}");
    }
}
