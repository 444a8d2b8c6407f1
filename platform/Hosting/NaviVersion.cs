using System.Reflection;

namespace Navi.Platform.Hosting;

/// <summary>The version that runs.</summary>
public static class NaviVersion
{
    /// <summary>As it was built, such as <c>0.1.0+8effd53</c>.</summary>
    public static string Text { get; } = typeof(NaviVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
