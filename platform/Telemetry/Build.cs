using System.Reflection;

namespace Navi.Platform.Telemetry;

/// <summary>Which build this is.</summary>
internal static class Build
{
    /// <summary>Its version, with the commit where the build knew it.</summary>
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
