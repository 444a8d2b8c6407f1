using Microsoft.Extensions.Options;

namespace Navi.Platform.Telemetry;

/// <summary>The organisation that runs this installation, as opposed to those that use it.</summary>
public sealed class Operators(IOptions<TelemetryOptions> options)
{
    /// <summary>That organisation; null where none runs the installation.</summary>
    public string? Organisation => options.Value.Organisation is { Length: > 0 } named && named != TelemetryOptions.Nobody ? named : null;

    /// <summary>Whether callers of <paramref name="organisation"/> may read what concerns all organisations; their role is checked elsewhere.</summary>
    public bool Include(string organisation) => organisation != TelemetryOptions.Nobody && organisation == options.Value.Organisation;
}
