using System.Globalization;
using System.Text.Json.Serialization;

namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>What a figure has to reach.</summary>
/// <param name="Name">The demand in words, such as <c>p50 ≤ 6 × c1</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Limit">The demand as a number of the same unit.</param>
/// <param name="AtMost">The value may not exceed the limit; false when it may not fall short of it.</param>
internal sealed record Bar(string Name, double Value, double Limit, [property: JsonIgnore] bool AtMost)
{
    /// <summary>Value ÷ limit: met at 1 or less when it is a most, at 1 or more when it is a least.</summary>
    public double Ratio => Limit == 0 ? 0 : Math.Round(Value / Limit, 3);

    // Not by the rounded ratio: what misses by a hair has missed.
    public bool Met => AtMost ? Value <= Limit : Value >= Limit;

    /// <summary>In one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {Value:0.##} against {Limit:0.##}, ratio {Ratio:0.00}, {(Met ? "met" : "missed")}");
}
