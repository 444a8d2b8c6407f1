using System.Globalization;

namespace Navi.Cli.Output;

internal static class Money
{
    /// <summary>US dollars with the places that matter; a sum that is not known is said to be.</summary>
    public static string Say(decimal? dollars) => dollars switch
    {
        null => "unpriced",
        0 => "$0",
        > -0.01m and < 0.01m => string.Create(CultureInfo.InvariantCulture, $"${dollars:0.0000####}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"${dollars:#,0.00##}"),
    };
}
