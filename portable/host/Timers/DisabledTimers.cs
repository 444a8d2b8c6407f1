using Microsoft.Extensions.Configuration;

namespace Navi.Portable.Host.Timers;

/// <summary>
/// Timers that this process does not fire, by the setting of the Functions host: <c>AzureWebJobs.NAME.Disabled</c>, in the
/// environment also <c>AzureWebJobs__NAME__Disabled</c>, with the value true or 1. Other processes may fire them.
/// </summary>
internal static class DisabledTimers
{
    public static bool Contains(IConfiguration configuration, string function) =>
        (configuration[$"AzureWebJobs:{function}:Disabled"] ?? configuration[$"AzureWebJobs.{function}.Disabled"]) is { } value
        && (value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));
}
