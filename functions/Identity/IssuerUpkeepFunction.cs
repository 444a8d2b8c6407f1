using Microsoft.Azure.Functions.Worker;
using Navi.Platform.Security.Issuer;

namespace Navi.Functions.Identity;

/// <summary>Removes what the issuer needs no longer.</summary>
public sealed class IssuerUpkeepFunction(IssuerUpkeep upkeep, TimeProvider time)
{
    /// <summary>Every hour.</summary>
    [Function(nameof(KeepIssuer))]
    public Task KeepIssuer([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellation) => upkeep.RunAsync(time.GetUtcNow(), cancellation);
}
