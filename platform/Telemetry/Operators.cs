using Microsoft.Extensions.Options;

namespace Navi.Platform.Telemetry;

/// <summary>The organisation that runs this installation, as opposed to those that use it.</summary>
public sealed class Operators(IOptions<TelemetryOptions> options)
{
    /// <summary>Whether callers of <paramref name="organisation"/> may read what concerns all organisations; their role is checked elsewhere.</summary>
    public bool Include(string organisation) => organisation != TelemetryOptions.Nobody && organisation == options.Value.Organisation;
}
