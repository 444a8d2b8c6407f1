using System.CommandLine;
using System.Globalization;

namespace Navi.Cli.Commands;

/// <summary>Points in time as people give them: an age such as 30m, 12h, 7d, 2w, or a date or time of ISO 8601.</summary>
internal static class Moments
{
    public static Option<string?> Option(string name, string what)
    {
        var option = new Option<string?>(name) { Description = what, HelpName = "WHEN" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null)
                result.AddError($"{name} is '{text}': give an age such as 30m, 12h, 7d or 2w, or a date such as 2026-01-31.");
        });
        return option;
    }

    /// <summary>In UTC, as the API takes it; null for null.</summary>
    public static string? Read(string? text) => text is null ? null : Parse(text)!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static DateTime? Parse(string text)
    {
        if (text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 100_000 && Unit(text[^1]) is { } unit)
            return TimeProvider.System.GetUtcNow().UtcDateTime - (unit * number);
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;
    }

    private static TimeSpan? Unit(char letter) => letter switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
