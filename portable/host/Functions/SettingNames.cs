using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Navi.Portable.Host.Functions;

/// <summary>Resolves %NAME% in schedules and routes from configuration, as the Functions host does from app settings.</summary>
internal static partial class SettingNames
{
    /// <summary>The text with every %NAME% replaced; null, with a sentence in <paramref name="problems"/>, when a setting is missing.</summary>
    public static string? Resolve(string text, IConfiguration configuration, string described, List<string> problems)
    {
        var complete = true;
        var resolved = Pattern().Replace(text, match =>
        {
            var name = match.Groups[1].Value;
            if (configuration[name.Replace("__", ":", StringComparison.Ordinal)] is { Length: > 0 } value)
                return value;
            complete = false;
            problems.Add($"Function {described} uses %{name}%, but there is no setting '{name}'.");
            return match.Value;
        });
        return complete ? resolved : null;
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Pattern();
}
