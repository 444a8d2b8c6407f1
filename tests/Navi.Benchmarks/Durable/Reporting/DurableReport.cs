using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>Says each measurement as it comes: a JSON line, or a row of a table with its bars beneath.</summary>
/// <param name="json">JSON lines only.</param>
internal sealed class DurableReport(bool json)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<DurableLine> lines = [];

    /// <summary>Everything that was asked for was measured.</summary>
    public bool IsWhole => lines.TrueForAll(l => l.Failure is null);

    public void Head(DurableHead head)
    {
        Console.Out.WriteLine(json ? JsonSerializer.Serialize(head, Json) : $"{head.Described}\n\n{Columns}");
        Console.Out.Flush();
    }

    public void Add(DurableLine line)
    {
        lines.Add(line);
        Console.Out.WriteLine(json ? JsonSerializer.Serialize(line, Json) : Row(line));
        Console.Out.Flush();
    }

    /// <summary>How many bars were met; in the table only.</summary>
    public void End()
    {
        if (json) return;
        var bars = lines.SelectMany(l => l.Bars ?? []).ToList();
        Console.Out.WriteLine($"\n{bars.Count(b => b.Met)} of {bars.Count} bars met{string.Concat(lines.Where(l => l.Failure is not null).Select(l => $"; {l.Engine} {l.Shape} was not measured"))}.");
    }

    /// <summary>The line of JSON.</summary>
    public static string Text(DurableLine line) => JsonSerializer.Serialize(line, Json);

    private static string Columns => $"{"shape",-28} {"engine",-8} {"at once",7} {"samples",7} {"steps/s",9} {"p50 ms",9} {"p95 ms",9} {"max ms",9}";

    /// <summary>The row of the table, with what belongs to it beneath.</summary>
    public static string Row(DurableLine line)
    {
        var row = string.Create(CultureInfo.InvariantCulture, $"{line.Shape,-28} {line.Engine,-8} {line.Concurrency,7} {line.Samples,7} {line.StepsPerS,9:0.0} {line.P50Ms,9:0.00} {line.P95Ms,9:0.00} {line.MaxMs,9:0.00}").TrimEnd();
        if (line.Failure is { } failure) row += $"\n    not measured: {failure}";
        if (line.Figures is { Count: > 0 } figures) row += $"\n    {string.Join(", ", figures.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:0.###}")))}";
        return row + string.Concat((line.Bars ?? []).Select(b => $"\n    {b}"));
    }
}
