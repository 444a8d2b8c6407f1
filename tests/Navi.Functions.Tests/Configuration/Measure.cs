using System.Globalization;

namespace Navi.Functions.Tests.Configuration;

/// <summary>Values of an option that has an order, and their neighbours.</summary>
internal sealed record Measure(Func<string, bool> IsValue, Func<string, string> Below, Func<string, string> Above)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>Null for a type without an order.</summary>
    public static Measure? Of(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(TimeSpan) => new(v => TimeSpan.TryParse(v, CultureInfo.InvariantCulture, out _), v => Shift(v, -Moment), v => Shift(v, Moment)),
        var t when t == typeof(int) || t == typeof(long) || t == typeof(decimal) || t == typeof(double) => new(
            v => decimal.TryParse(v, CultureInfo.InvariantCulture, out _), v => (decimal.Parse(v, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture),
            v => (decimal.Parse(v, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static string Shift(string value, TimeSpan by) => (TimeSpan.Parse(value, CultureInfo.InvariantCulture) + by).ToString("c", CultureInfo.InvariantCulture);
}
