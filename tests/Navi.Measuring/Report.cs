using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Navi.Measuring;

/// <summary>Writes measurements as JSON lines to standard output as they come, and as a table to standard error at the end.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<Measurement> measurements = [];

    /// <summary>Every measurement was free of errors.</summary>
    public bool IsClean => measurements.TrueForAll(m => m.Errors == 0);

    public static void Head<T>(T head) => Console.Out.WriteLine(JsonSerializer.Serialize(head, Json));

    public void Add(Measurement measurement)
    {
        measurements.Add(measurement);
        Console.Out.WriteLine(JsonSerializer.Serialize(measurement, Json));
        Console.Out.Flush();
    }

    /// <summary>The table; each figure also as a share of <paramref name="floor"/> with as many clients, where there is one.</summary>
    public void Table(string floor)
    {
        Console.Error.WriteLine($"{"operation",-14} {"clients",7} {"requests",8} {"errors",6} {"per s",9} {"p50 ms",9} {"p95 ms",9} {"p99 ms",9} {"max ms",9}  of {floor}");
        foreach (var m in measurements)
        {
            var share = measurements.Find(f => f.Operation == floor && f.Clients == m.Clients) is { } same ? (m.RequestsPerS / same.RequestsPerS).ToString("0.000", CultureInfo.InvariantCulture) : "";
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{m.Operation,-14} {m.Clients,7} {m.Requests,8} {m.Errors,6} {m.RequestsPerS,9:0.0} {m.P50Ms,9:0.00} {m.P95Ms,9:0.00} {m.P99Ms,9:0.00} {m.MaxMs,9:0.00}  {share}"));
        }
    }
}
