using Microsoft.Azure.Functions.Worker;
using Navi.Platform.Security.Encryption.Rewrapping;

namespace Navi.Functions.Keys;

/// <summary>Every hour: wraps by the current wrapping key what an older one wraps.</summary>
public sealed class RewrapFunction(EnvelopeRewrap rewrap)
{
    // What one run may take with a key service that is a network away; the next run goes on.
    private const int Most = 5_000;

    /// <summary>Runs once per schedule in the whole deployment.</summary>
    [Function(nameof(RewrapEnvelopes))]
    public Task RewrapEnvelopes([TimerTrigger("0 27 * * * *")] TimerInfo timer, CancellationToken cancellation) => rewrap.RunAsync(Most, cancellation);
}
