using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;

namespace Navi.Platform.Telemetry;

/// <summary>Names the installation's own organisation where the configuration does not.</summary>
internal sealed class TelemetryDefaults(IOptions<NaviOptions> navi) : IPostConfigureOptions<TelemetryOptions>
{
    public void PostConfigure(string? name, TelemetryOptions options)
    {
        if (options.Organisation.Length == 0)
            options.Organisation = navi.Value.IsLocal ? "local" : TelemetryOptions.Nobody;
    }
}
