using System.Globalization;
using Navi.Measuring;

namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>When, on what and how was measured.</summary>
/// <param name="Run">Date, machine and runtime.</param>
/// <param name="Postgresql">The server's version.</param>
/// <param name="Rounds">How often each measurement is repeated.</param>
/// <param name="WarmUp">Workflows of each shape that run before and do not count.</param>
/// <param name="Parts">What is measured, in order.</param>
/// <param name="Setup">What it means.</param>
internal sealed record DurableHead(RunHead Run, string Postgresql, int Rounds, int WarmUp, IReadOnlyList<string> Parts, string Setup)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public string Described => string.Create(
        CultureInfo.InvariantCulture,
        $"{Run.Date:yyyy-MM-dd HH:mm} UTC · {Run.Described} · PostgreSQL {Postgresql}\n{Rounds} rounds; {WarmUp} workflows of a shape run before it and do not count.\n{Setup}");
}
