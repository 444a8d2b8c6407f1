using Navi.Benchmarks.Durable.Reporting;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>What a mixed load became over time, in sixths of its length.</summary>
/// <param name="samples">Looks in their order, from the start to the end.</param>
/// <param name="oldSnapshot">A transaction held an old snapshot for the third and the fourth sixth.</param>
internal sealed class MixedCourse(IReadOnlyList<MixedSample> samples, bool oldSnapshot)
{
    private const int Parts = 6;

    // The second half of the time that the snapshot was held: what it leads to has come by then.
    private const int Held = 3;

    private double Length => samples[^1].Seconds;

    public DurableLine Line(int concurrency, long failures)
    {
        var sixths = Enumerable.Range(0, Parts).Select(StepsPerS).ToList();
        var resident = Enumerable.Range(0, Parts).Select(part => Median(part, s => s.ResidentMb)).ToList();
        var schema = Enumerable.Range(0, Parts).Select(part => Of(part).Max(s => s.SchemaMb)).ToList();
        return new DurableLine(oldSnapshot ? "mixed load, old snapshot" : "mixed load", "navi", concurrency, samples.Count)
        {
            StepsPerS = Math.Round(samples[^1].Steps / Length, 1),
            Bursts = sixths,
            Figures = new Dictionary<string, double>
            {
                ["minutes"] = Math.Round(Length / 60, 1), ["failures"] = failures, ["first_sixth_steps_per_s"] = sixths[0], ["last_sixth_steps_per_s"] = sixths[^1],
                ["resident_mb_first"] = resident[0], ["resident_mb_last"] = resident[^1],
                ["schema_mb_1"] = schema[0], ["schema_mb_2"] = schema[1], ["schema_mb_3"] = schema[2], ["schema_mb_4"] = schema[3], ["schema_mb_5"] = schema[4], ["schema_mb_6"] = schema[5],
            },
            Bars = oldSnapshot ? [Bars.LastingBesideSnapshot(sixths[Held], sixths[0])] : [Bars.Lasting(sixths[^1], sixths[0]), Bars.FlatMemory(resident[^1], resident[0])],
        };
    }

    /// <summary>Steps of a sixth, between the looks nearest to its ends.</summary>
    public double StepsPerS(int part)
    {
        var (from, to) = (Nearest(Length * part / Parts), Nearest(Length * (part + 1) / Parts));
        return Math.Round((to.Steps - from.Steps) / (to.Seconds - from.Seconds), 1);
    }

    private MixedSample Nearest(double seconds) => samples.MinBy(s => Math.Abs(s.Seconds - seconds))!;

    private IReadOnlyList<MixedSample> Of(int part) =>
        [.. samples.Where(s => s.Seconds >= Length * part / Parts && s.Seconds <= Length * (part + 1) / Parts)];

    private double Median(int part, Func<MixedSample, double> value)
    {
        var sorted = Of(part).Select(value).Order().ToList();
        return sorted[(sorted.Count - 1) / 2];
    }
}
